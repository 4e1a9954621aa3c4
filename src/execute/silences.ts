/** What stayed unanswered while a fresh client was answered, by the kind of request. */
export interface Silences {
  /** Told of a request that got no answer; `othersMs` is what a fresh client waited for its own. */
  readonly silent: (kind: string, othersMs: number) => void;
  readonly answered: (kind: string) => void;
  /** How long others waited of late, where none of that kind was answered since, and at least so many were not. */
  readonly othersMs: (kind: string, timesMin: number) => number | undefined;
  /** Told how long the head of a stream took that was opened by GET. */
  readonly headCame: (tookMs: number) => void;
  /** How long to wait for such a head at least: some networks are late with them alone. */
  readonly headMs: () => number;
  /** The same where silence has taught nothing. */
  readonly anew: () => Silences;
}

/** As many times as long as the slowest head took, within a bound. */
const timesSlowest = 2;
const headMaxMs = 10_000;

export function createSilences(heads = { slowestMs: 0 }): Silences {
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
    headCame(tookMs) {
      heads.slowestMs = Math.max(heads.slowestMs, tookMs);
    },
    headMs: () => Math.min(timesSlowest * heads.slowestMs, headMaxMs),
    anew: () => createSilences(heads),
  };
}
