import { countIn } from './counted.js';
import type { Seen } from './history.js';
import type { Uses } from './uses.js';

/**
 * How far counters went with each use; nothing where it does not fit: each session begins where a fresh one does, and no count goes on by more than twice
 * what was asked. Counters that sessions share do neither.
 */
export function countedSteps(
  sessions: readonly Pick<Uses, 'counts'>[],
  seen: readonly Seen[],
): readonly Step[] {
  const rows = sessions.filter(({ counts }) => counts.length > 0).map(({ counts }) => counts.map(valued));
  if (rows.some((uses) => uses.includes(undefined))) return [];
  const counted = rows.map((uses) => uses.filter((use) => use !== undefined));
  const firsts = counted.map((uses) => Math.min(...uses.map(({ value }) => value)));
  const least = Math.min(...firsts);
  const strays = seen.filter(isStray);
  const steps = counted.flatMap((uses) => stepsIn(uses, strays));
  return firsts.every((first) => first <= least + 1) && steps.every(fits) ? steps : [];
}

interface Valued {
  readonly at: Seen;
  readonly value: number;
}

/** A use that counts and says how far it has come. */
function valued(at: Seen): Valued | undefined {
  const { shows, nonce } = at.exchange.asked;
  const value = nonce === undefined && shows !== 'number-with-read' ? undefined : countIn(at);
  return value === undefined ? undefined : { at, value };
}

/** Uses that overlap each other, and no other of their session. */
export interface Step {
  readonly from: number;
  readonly uses: readonly Valued[];
  readonly by: number;
  /** Meanwhile something else was asked to count that belongs to no session that we know. */
  readonly isShared: boolean;
}

/** What counts and names no session, or none that was issued, may count in any. */
function isStray({ session, exchange: { asked } }: Seen): boolean {
  if (session !== undefined || asked.handle === true) return false;
  return asked.shows === 'number' || asked.shows === 'number-with-read';
}

function stepsIn(all: readonly Valued[], strays: readonly Seen[]): readonly Step[] {
  const groups: Valued[][] = [];
  let endMs = -Infinity;
  for (const use of all.toSorted((a, b) => a.at.exchange.startedMs - b.at.exchange.startedMs)) {
    const { startedMs, settledMs } = use.at.exchange;
    if (startedMs >= endMs) groups.push([]);
    groups.at(-1)?.push(use);
    endMs = Math.max(endMs, settledMs);
  }
  const tops = groups.map((uses) => Math.max(...uses.map(({ value }) => value)));
  return groups.slice(1).map((uses, index) => {
    const from = tops[index] ?? 0;
    const sinceMs = Math.min(...(groups[index] ?? []).map(({ at }) => at.exchange.startedMs));
    const untilMs = Math.max(...uses.map(({ at }) => at.exchange.settledMs));
    const isShared = strays.some(
      ({ exchange: { startedMs, settledMs } }) => startedMs < untilMs && settledMs > sinceMs,
    );
    return { from, uses, by: (tops[index + 1] ?? 0) - from, isShared };
  });
}

/** As much as was asked, or up to twice as much. */
function fits({ by, uses }: Step): boolean {
  return by >= uses.length && by <= 2 * uses.length;
}

/** More than was asked, by nothing else and although we sent none of it again. */
export function isTwice({ by, uses, isShared }: Step): boolean {
  return by > uses.length && !isShared && uses.every(({ at }) => at.exchange.again === undefined);
}
