/** What stayed unanswered while a fresh client was answered, by the kind of request. */
export interface Silences {
  /** Told of a request that got no answer; `othersMs` is what a fresh client waited for its own. */
  readonly silent: (kind: string, othersMs: number) => void;
  readonly answered: (kind: string) => void;
  /** How long others waited at most, where all of late that were of that kind stayed unanswered, and at least so many were. */
  readonly othersMs: (kind: string, timesMin: number) => number | undefined;
}

export function createSilences(): Silences {
  const kinds = new Map<string, { readonly times: number; readonly othersMs: number }>();
  return {
    silent(kind, othersMs) {
      const { times, othersMs: before } = kinds.get(kind) ?? { times: 0, othersMs: 0 };
      kinds.set(kind, { times: times + 1, othersMs: Math.max(before, othersMs) });
    },
    answered: (kind) => void kinds.delete(kind),
    othersMs(kind, timesMin) {
      const seen = kinds.get(kind);
      return seen !== undefined && seen.times >= timesMin ? seen.othersMs : undefined;
    },
  };
}
