import { plural } from '../model/plural.js';
import { statusOf } from '../model/reply.js';
import { happenings, type Happening, type Moment } from './moments.js';

/** By what sessions were lost, as far as the run shows it: it fits every loss that it explains, and nothing that was served. */
export interface LossRule {
  readonly says: string;
  readonly explains: ReadonlySet<Moment>;
  /** Enough of the run shows it to say it: several losses, and as many sessions that came close and were kept. */
  readonly isShown: boolean;
  /** Sessions that are not used may expire. */
  readonly isExpiry?: true;
  /** It was lost by what a client did. */
  readonly isAct?: true;
  /** So many sessions are kept, two at least, and one is ended for a further one: each loss was told by 404, as it must be. */
  readonly places?: number;
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
    ...byPlaces(lost, kept, last),
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
  const rule = ruleOf(
    explained,
    `it was lost after ${happenings[name]}, which no session survived`,
    explained.length > 1 || explained.length === lost.length,
  );
  return rule && { ...rule, isAct: true };
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

/** The latest sessions are kept, by their beginning or by their use: the way that explains more comes first. */
function byPlaces(
  lost: readonly Moment[],
  kept: readonly Moment[],
  last: readonly Moment[],
): readonly LossRule[] {
  const newest = lost.map((moment) => [moment, moment.newerMost()] as const);
  const lastUsed = lost.map((moment) => [moment, moment.othersMost()] as const);
  const least = last.map(({ newerLeast }) => newerLeast());
  const rules = [
    byCrowd(newest, least, newestSays),
    byCrowd(
      lastUsed,
      kept.map(({ othersLeast }) => othersLeast()),
      (n) => `of more than ${plural(n, 'session')} the one that was used longest ago is ended`,
    ),
  ].filter((rule) => rule !== undefined);
  if (rules.length > 0) return rules.toSorted((a, b) => b.explains.size - a.explains.size);
  const exact = byAmount(newest, least, { says: newestSays });
  return exact === undefined ? [] : [exact.isShown ? withPlaces(exact) : exact];
}

/** As many sessions as are kept, where that is permitted: two or more, and those that were ended were told so. */
function withPlaces({ bound, ...rule }: LossRule & { readonly bound: number }): LossRule {
  return bound >= placesMin && areTold([...rule.explains]) ? { ...rule, places: bound } : rule;
}

function areTold(lost: readonly Moment[]): boolean {
  return lost.every(({ at }) => statusOf(at.exchange.reply) === 404);
}

function newestSays(n: number): string {
  return `the newest ${plural(n, 'session')} alone ${n === 1 ? 'is' : 'are'} served`;
}

/** So many losses may be told of by less, and so few that were kept by more: what a target knows when is not seen exactly. */
const exceptionsMax = 0.1;
const contraryMax = 0.02;
const crowdSlack = 1.25;
/** One place is none for a second client. */
const placesMin = 2;

/**
 * A server may keep as few sessions as it likes, where it says so by 404 to those that it ends. All losses of a run come of it then, not
 * just those of sessions that were not used for long.
 */
function byCrowd(
  lost: readonly (readonly [Moment, number])[],
  kept: readonly number[],
  says: (places: number) => string,
): LossRule | undefined {
  const amounts = lost.map(([, amount]) => amount).toSorted((a, b) => a - b);
  const places = amounts[Math.floor(amounts.length * exceptionsMax)] ?? 0;
  const contrary = kept.filter((amount) => amount > places * crowdSlack);
  if (lost.length < 2 || places < placesMin || contrary.length > kept.length * contraryMax) return undefined;
  if (!areTold(lost.map(([moment]) => moment))) return undefined;
  const explained = lost.filter(([, amount]) => amount >= crowdOf(places)).map(([moment]) => moment);
  return { says: says(places), explains: new Set(explained), isShown: true, places };
}

/** So many others may have taken the place of a session, where a target keeps about so many. */
export function crowdOf(places: number): number {
  return Math.max(placesMin, Math.ceil(places / 2));
}

/** Lost from some amount on, which no session that was served had come to. */
function byAmount(
  lost: readonly (readonly [Moment, number])[],
  kept: readonly number[],
  { says, sharp = false }: { readonly says: (amount: number) => string; readonly sharp?: boolean },
): (LossRule & { readonly bound: number }) | undefined {
  const bound = Math.max(0, ...kept.map((amount) => amount + 1));
  const beyond = lost.filter(([, amount]) => amount >= bound && amount > 0);
  const amounts = beyond.map(([, amount]) => amount);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  const isTold = sharp
    ? amounts.length > 1 && most - least <= sharpSlack
    : least - bound <= bound * slack &&
      beyond.length >= (bound <= smallMax ? 2 : manyMin) &&
      nearIn(kept, bound) >= (bound <= smallMax ? 1 : manyMin);
  const rule = ruleOf(
    beyond.map(([moment]) => moment),
    says(Math.max(sharp ? least : bound, 1)),
    isTold,
  );
  return rule && { ...rule, bound };
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

/** A target ends what has expired now and then, so that one session is kept for longer than another. */
const sweepSlack = 1.25;

/** Some targets take an open stream for use, and some end a session beside it. */
function byIdling(lost: readonly Moment[], kept: readonly Moment[]): LossRule | undefined {
  const ways = [(one: Moment) => one.idleMs, (one: Moment) => one.silentMs].map((timeOf) => {
    const longest = Math.max(0, ...kept.map(timeOf));
    return lost.filter((one) => timeOf(one) * sweepSlack > longest && timeOf(one) >= idleMinMs);
  });
  const [explained = []] = ways.toSorted((a, b) => b.length - a.length);
  const rule = ruleOf(explained, 'it expired', true);
  return rule && { ...rule, isExpiry: true };
}

function ruleOf(explained: readonly Moment[], says: string, isShown: boolean): LossRule | undefined {
  return explained.length === 0 ? undefined : { says, explains: new Set(explained), isShown };
}
