/** What stayed unanswered while a fresh client was answered, by the kind of request. */
export interface Silences {
  /** Told of a request that got no answer; `othersMs` is what a fresh client waited for its own. */
  readonly silent: (kind: string, othersMs: number) => void;
  readonly answered: (kind: string) => void;
  /** How long others waited of late, where none of that kind was answered since, and at least so many were not. */
  readonly othersMs: (kind: string, timesMin: number) => number | undefined;
}

export function createSilences(): Silences {
  const kinds = new Map<string, { readonly times: number; readonly othersMs: number }>();
  return {
    silent(kind, othersMs) {
      const { times, othersMs: before } = kinds.get(kind) ?? { times: 0, othersMs: 0 };
      // What one of them had to wait on a busy machine is forgotten by and by.
      kinds.set(kind, { times: times + 1, othersMs: Math.max(othersMs, before / 2) });
    },
    answered: (kind) => void kinds.delete(kind),
    othersMs(kind, timesMin) {
      const seen = kinds.get(kind);
      return seen !== undefined && seen.times >= timesMin ? seen.othersMs : undefined;
    },
  };
}
