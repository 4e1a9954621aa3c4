import { plural } from '../model/plural.js';
import { happenings, type Happening, type Moment } from './moments.js';

/** By what sessions were lost, as far as the run shows it: it fits every loss that it explains, and nothing that was served. */
export interface LossRule {
  readonly says: string;
  readonly explains: ReadonlySet<Moment>;
  /** Enough of the run shows it to say it: several losses, and as many sessions that came close and were kept. */
  readonly isShown: boolean;
  /** Sessions that are not used may expire. */
  readonly isExpiry?: true;
}

/**
 * The rules that hold: first those that more than one loss shows, and of these the more telling ones. `last` are the latest moments of
 * sessions that were kept, where every amount is at its most.
 */
export function rulesFor(
  lost: readonly Moment[],
  kept: readonly Moment[],
  last: readonly Moment[],
): readonly LossRule[] {
  const found = [
    byIdling(lost, kept),
    byHappening('own-abort', lost, kept),
    byHappening('nameless-delete', lost, kept),
    byNode(lost, kept),
    byAmount(
      lost.map((moment) => [moment, moment.requestsMost]),
      last.map(({ requestsLeast }) => requestsLeast),
      // Each session asks for itself, so that it is lost with the first request that is too many.
      { sharp: true, says: (n) => `no session is served more than ${plural(n, 'request')}` },
    ),
    byAmount(
      lost.map((moment) => [moment, moment.newerMost()]),
      last.map(({ newerMost }) => newerMost()),
      { says: (n) => `the newest ${plural(n, 'session')} alone ${n === 1 ? 'is' : 'are'} served` },
    ),
    byHappening('foreign-delete', lost, kept),
    byHappening('other-revision', lost, kept),
    byHappening('own-stream', lost, kept),
    byHappening('foreign-initialize', lost, kept),
    byAmount(
      lost.map((moment) => [moment, moment.ageMs]),
      last.map(({ ageMs }) => ageMs),
      { says: (ms) => `no session is served when it is older than ${Math.floor(ms)} ms` },
    ),
  ].filter((rule) => rule !== undefined);
  return [...found.filter(({ isShown }) => isShown), ...found.filter(({ isShown }) => !isShown)];
}

function byHappening(
  name: Happening,
  lost: readonly Moment[],
  kept: readonly Moment[],
): LossRule | undefined {
  if (kept.some(({ since }) => since.has(name))) return undefined;
  const explained = lost.filter(({ since }) => since.has(name));
  return ruleOf(
    explained,
    `it was lost after ${happenings[name]}, which no session survived`,
    explained.length > 1 || explained.length === lost.length,
  );
}

function byNode(lost: readonly Moment[], kept: readonly Moment[]): LossRule | undefined {
  if (kept.some(({ isElsewhere }) => isElsewhere)) return undefined;
  const explained = lost.filter(({ isElsewhere }) => isElsewhere);
  return ruleOf(
    explained,
    'no session is served at another node than the one that opened it',
    explained.length > 1 || explained.length === lost.length,
  );
}

/** Lost from some amount on, which no session that was served had come to. */
function byAmount(
  lost: readonly (readonly [Moment, number])[],
  kept: readonly number[],
  { says, sharp = false }: { readonly says: (amount: number) => string; readonly sharp?: boolean },
): LossRule | undefined {
  const bound = Math.max(0, ...kept.map((amount) => amount + 1));
  const beyond = lost.filter(([, amount]) => amount >= bound && amount > 0);
  const amounts = beyond.map(([, amount]) => amount);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  const isTold = sharp
    ? amounts.length > 1 && most - least <= sharpSlack
    : least - bound <= bound * slack &&
      beyond.length >= (bound <= smallMax ? 2 : manyMin) &&
      nearIn(kept, bound) >= (bound <= smallMax ? 1 : manyMin);
  return ruleOf(
    beyond.map(([moment]) => moment),
    says(Math.max(sharp ? least : bound, 1)),
    isTold,
  );
}

/** Requests that overlap are counted with those before them or not. */
const sharpSlack = 3;
/** A loss is seen some time behind the amount that caused it, so that much more is no other amount. */
const slack = 0.5;
/** A small amount is reached by many sessions; one of many by few, and by these perhaps by chance. */
const smallMax = 10;
const manyMin = 3;

/** How many were kept that came at least half as far. */
function nearIn(kept: readonly number[], bound: number): number {
  return kept.filter((amount) => 2 * amount >= bound - 1).length;
}

/** A second without a request may be more than a server waits, unless another session was served after as long. */
const idleMinMs = 500;

function byIdling(lost: readonly Moment[], kept: readonly Moment[]): LossRule | undefined {
  const longest = Math.max(0, ...kept.map(({ idleMs }) => idleMs));
  const idle = lost.filter(({ idleMs }) => idleMs > longest && idleMs >= idleMinMs);
  return idle.length === 0
    ? undefined
    : { says: 'it expired', explains: new Set(idle), isShown: true, isExpiry: true };
}

function ruleOf(explained: readonly Moment[], says: string, isShown: boolean): LossRule | undefined {
  return explained.length === 0 ? undefined : { says, explains: new Set(explained), isShown };
}
