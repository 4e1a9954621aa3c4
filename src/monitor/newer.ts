import { attemptOf, type Seen } from './history.js';
import type { Session } from './session.js';

/** One session more, or one less, since a time. */
interface Change {
  readonly ms: number;
  readonly by: 1 | -1;
  readonly openedMs: number;
}

/** When sessions were opened and ended. One that its check did not end is ended behind the check. */
export function changesIn(
  seen: readonly Seen[],
  sessions: readonly Session[],
  isCertain: boolean,
): readonly Change[] {
  const ends = new Map<string, number>();
  for (const one of seen) {
    const key = attemptOf(one);
    ends.set(key, Math.max(ends.get(key) ?? 0, one.exchange.settledMs));
  }
  return sessions
    .flatMap(({ openings: [opening], openedMs, endedMs }): readonly Change[] => {
      if (opening === undefined) return [];
      const ms = endedMs ?? ends.get(attemptOf(opening)) ?? openedMs;
      // A target opens a session before its answer comes.
      return [
        { ms: isCertain ? openedMs : opening.exchange.startedMs, by: 1, openedMs },
        { ms, by: -1, openedMs },
      ];
    })
    .toSorted((a, b) => a.ms - b.ms);
}

/** The most sessions that were opened after one and lived at one time, until then. */
export function newerMost(changes: readonly Change[], { openedMs }: Session, now: number): number {
  let most = 0;
  let newer = 0;
  for (const change of changes) {
    if (change.ms >= now) break;
    if (change.openedMs > openedMs) newer += change.by;
    most = Math.max(most, newer);
  }
  return most;
}
