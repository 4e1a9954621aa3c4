import { grouped } from '../model/tables.js';
import { attemptOf, type Seen } from './history.js';
import type { Life } from './lives.js';

/** A moment that no session survived. */
export interface Sweep {
  readonly lives: ReadonlySet<Life>;
  /** The last of what they were served, and the first of what was refused. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Fewer sessions, or those of one check alone, may be lost by what they have in common. */
const sessionsMin = 3;
const checksMin = 2;
/** Whatever ends a process ends connections. Without that many may have been opened at once, which take the places of others. */
const cutsMin = 2;
const cutMs = 20;
/** One that was opened meanwhile for so many that were lost: where there are more, these took the places of those. */
const newcomersMax = 3;

/** Sessions that were lost between the same two moments, where none that was open before was served after: a process that restarted. */
export function sweepsIn(lives: readonly Life[], seen: readonly Seen[]): readonly Sweep[] {
  const cuts = seen.filter(isCut);
  const sweeps: Sweep[] = [];
  let left = lives.flatMap(spanOf).toSorted((a, b) => a.toMs - b.toMs);
  while (left[0] !== undefined) {
    const [{ toMs }, ...later] = left;
    const together = left.filter(({ fromMs }) => fromMs < toMs);
    const fromMs = Math.max(...together.map((span) => span.fromMs));
    const checks = new Set(together.map(({ check }) => check));
    const isSweep =
      cuts.filter(({ exchange }) => exchange.startedMs < toMs && exchange.settledMs >= fromMs - cutMs)
        .length >= cutsMin &&
      together.length >= sessionsMin &&
      checks.size >= checksMin &&
      !lives.some((life) => outlives(life, fromMs, toMs)) &&
      lives.filter((life) => isNewcomer(life, fromMs, toMs)).length * newcomersMax <= together.length;
    if (isSweep) sweeps.push({ lives: new Set(together.map(({ life }) => life)), fromMs, toMs });
    // What was not lost with the first of them may have been lost with a later one.
    left = isSweep ? left.filter((span) => !together.includes(span)) : later;
  }
  return sweeps;
}

interface Span {
  readonly life: Life;
  readonly check: string;
  readonly fromMs: number;
  readonly toMs: number;
}

function spanOf(life: Life): readonly Span[] {
  const { session, served, lost } = life;
  const [first] = lost;
  if (first === undefined) return [];
  const fromMs = Math.max(session.openedMs, ...served.map(({ exchange }) => exchange.startedMs));
  return [{ life, check: first.check, fromMs, toMs: first.exchange.startedMs }];
}

function outlives({ session, served }: Life, fromMs: number, toMs: number): boolean {
  return session.openedMs < fromMs && served.some(({ exchange }) => exchange.startedMs > toMs);
}

function isNewcomer({ session: { openedMs } }: Life, fromMs: number, toMs: number): boolean {
  return openedMs >= fromMs && openedMs <= toMs;
}

export interface Stimulus {
  readonly at: Seen;
  /** In how many attempts of its check the same was seen, all that there were; 1 where it was tried once. */
  readonly attempts: number;
}

/**
 * What was under way when they were lost, or came last. A check that lost a session, or had a request cut off, in each of its attempts,
 * alone in the end, is the likeliest; of the others rather what was cut off than what was answered.
 */
export function stimulusOf(
  { fromMs, toMs }: Sweep,
  seen: readonly Seen[],
  lives: readonly Life[],
): Stimulus | undefined {
  const about = seen.filter(
    ({ exchange }) =>
      exchange.startedMs < toMs && exchange.settledMs >= fromMs && exchange.asked.kind !== 'get',
  );
  const steady = steadyChecks(seen, lives);
  const tried = (one: Seen) => steady.get(nameOf(one)) ?? 0;
  // The more often it was tried, the fewer checks ran beside it.
  const most = Math.max(0, ...about.map(tried));
  const [likely] = grouped(
    about.filter((one) => most > 0 && tried(one) === most),
    nameOf,
  );
  const of = likely?.[1] ?? about;
  const at = of.find(isCut) ?? of.at(-1);
  return at && { at, attempts: steady.get(nameOf(at)) ?? 1 };
}

/** Checks that were tried more than once and hurt each time, with the number of attempts. */
function steadyChecks(seen: readonly Seen[], lives: readonly Life[]): ReadonlyMap<string, number> {
  const hurt = new Set([
    ...lives.flatMap(({ lost }) => lost.slice(0, 1).map(attemptOf)),
    ...seen.filter((one) => isCut(one) && one.exchange.asked.kind !== 'get').map(attemptOf),
  ]);
  const attempts = new Map<string, Set<string>>();
  for (const one of seen)
    attempts.set(nameOf(one), (attempts.get(nameOf(one)) ?? new Set()).add(attemptOf(one)));
  return new Map(
    [...attempts].flatMap(([name, all]) =>
      all.size > 1 && [...all].every((attempt) => hurt.has(attempt)) ? [[name, all.size] as const] : [],
    ),
  );
}

const nameOf = ({ check, revision }: Seen): string => `${check} ${revision}`;

/** Its connection ended before it was answered, whatever came when it was sent again. */
function isCut({ exchange: { reply, again = [] } }: Seen): boolean {
  return [reply, ...again].some(
    (one) => one.kind === 'dropped' || (one.kind === 'response' && one.content.end === 'truncated'),
  );
}
