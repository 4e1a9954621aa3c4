import { countIn } from './counted.js';
import type { Seen } from './history.js';
import { good, type Observation } from './observation.js';

/**
 * What the uses of counters show where some request made a count go on by two and everything else fits: each session begins where a fresh
 * one does, and no count goes on by more. Counters that sessions share do neither.
 */
export function doubledIn(
  sessions: readonly (readonly Seen[])[],
): ReadonlyMap<Seen, Observation> | undefined {
  const rows = sessions.filter((uses) => uses.length > 0).map((uses) => uses.map(valued));
  if (rows.some((uses) => uses.includes(undefined))) return undefined;
  const counted = rows.map((uses) => uses.filter((use) => use !== undefined));
  const firsts = counted.map((uses) => Math.min(...uses.map(({ value }) => value)));
  const least = Math.min(...firsts);
  const steps = counted.flatMap(stepsIn);
  if (firsts.some((first) => first > least + 1) || steps.some(({ by }) => by !== 1 && by !== 2))
    return undefined;
  // What we sent again may have come twice.
  const isTwice = ({ by, to }: Step) => by === 2 && to.at.exchange.again === undefined;
  return steps.some(isTwice)
    ? new Map(steps.map((step) => [step.to.at, isTwice(step) ? doubled(step) : good(step.to.at)]))
    : undefined;
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

interface Step {
  readonly from: Valued;
  readonly to: Valued;
  readonly by: number;
}

/** From one use to the next, where neither overlaps another. */
function stepsIn(uses: readonly Valued[]): readonly Step[] {
  const alone = uses.map(({ at: { exchange } }) =>
    uses.every(
      ({ at: { exchange: other } }) =>
        other === exchange || other.settledMs <= exchange.startedMs || other.startedMs >= exchange.settledMs,
    ),
  );
  return uses.slice(1).flatMap((to, index): readonly Step[] => {
    const from = uses[index];
    if (from === undefined || alone[index] !== true || alone[index + 1] !== true) return [];
    return [{ from, to, by: to.value - from.value }];
  });
}

function doubled({ from, to }: Step): Observation {
  const says = `it made the count of its session go from ${from.value} to ${to.value}`;
  return { kind: 'bad', at: to.at, reason: 'carried-out-twice', says, beside: [from.at] };
}
