import type { Limit } from '../model/limit.js';

/** What a run has learnt about how many requests the target bears. */
export interface Pace {
  /** How many checks shall be under way at once, of so many. */
  readonly jobs: (jobs: number) => number;
  /** How many requests in a second are sent at most, as far as that is known. */
  readonly perSecond: () => number;
  /** When the next request may be sent that asks now. */
  readonly next: (nowMs: number) => number;
  /** Told of every answer, with what it says of load. */
  readonly saw: (limit: Limit | undefined, nowMs: number) => void;
  /** How long a request waits after it was refused so many times; undefined where it is not sent again. */
  readonly pauseMs: (limit: Limit, refused: number, nowMs: number) => number | undefined;
  /** Told of every request that was sent again, once it is known how it ended. */
  readonly ended: (refusal: Refusal) => void;
}

/** The first request that was refused and served later, and how it was refused. */
export interface Limited {
  readonly request: number;
  readonly by: string;
}

interface Refusal extends Limited {
  /** It was served in the end, so it was the load indeed. */
  readonly recovered: boolean;
}

/** The pauses where the target names none; after the last one the refusal stands. */
const pausesMs = [250, 500, 1_000, 2_000] as const;
/** The longest that a target may make a request wait at once, and all of them in a run. */
const namedMaxMs = 65_000;
const namedMinMs = 10;
const namedSumMaxMs = 300_000;
/** After so many refusals that stood, one after the other, they are no matter of time: just one request now and then is sent again, once. */
const stoodMax = 5;
const scoutEveryMs = 2_000;

/** Refusals of so few of the requests that come however slowly we ask are chance, and no limit to the pace. */
const chanceMin = 0.04;
const chanceMax = 0.3;
const slowlyMin = 20;
/** Of more, the limit shows after all. */
const limitMin = 0.4;

const recentMax = 20;
/** Fewer refusals among the recent answers are chance. */
const refusedMin = 3;
const windowMs = 1_000;
const rateMin = 0.5;
const slowsBy = 0.7;
/** So many requests in a second keep one check busy. */
const ratePerJob = 10;
/** A rate is held on average, and left for a few requests at once, so that they still overlap. */
const share = 0.8;
const recoversAfter = 100;
const recoversBy = 1.1;
const freeRate = 500;

/** Slows down where the target refuses for load, and recovers slowly. `perSecondMax` is never exceeded. */
export function createPace(perSecondMax: number, tell: (limited: Limited) => void = () => undefined): Pace {
  const recent: boolean[] = [];
  const servedMs: number[] = [];
  let rate = Infinity;
  let sinceRefused = 0;
  let adjustAfterMs = 0;
  let heldUntilMs = 0;
  let isLimited = false;
  // How many refusals stood in the end, one after the other.
  let stood = 0;
  let scoutAfterMs = 0;
  let namedUntilMs = 0;
  let namedSumMs = 0;
  let givenMs = 0;
  let learntMs = 0;

  let answeredSlowly = 0;
  let refusedSlowly = 0;
  let isChance: boolean | undefined;

  const slowDown = (limit: Limit, nowMs: number) => {
    const served = servedMs.filter((atMs) => atMs > nowMs - windowMs).length;
    const lower = rate === Infinity ? served : Math.min(rate * slowsBy, Math.max(served, 1));
    rate = Math.max(lower, rateMin);
    heldUntilMs = nowMs + Math.min(limit.waitMs ?? windowMs, namedMaxMs);
    adjustAfterMs = heldUntilMs + windowMs;
    recent.length = 0;
  };

  const recover = () => {
    sinceRefused = 0;
    rate = rate * recoversBy > freeRate ? Infinity : rate * recoversBy;
  };

  /** Whether the pace is no matter: it was lowered, and about as few are refused as before. */
  const isByChance = (isRefused: boolean, recently: number, nowMs: number) => {
    if (isChance === undefined && rate !== Infinity && nowMs >= adjustAfterMs) {
      answeredSlowly += 1;
      refusedSlowly += Number(isRefused);
      const part = refusedSlowly / answeredSlowly;
      if (answeredSlowly >= slowlyMin && part >= chanceMin && part <= chanceMax) {
        isChance = true;
        rate = Infinity;
      }
    }
    if (isChance && recently >= limitMin * recentMax) isChance = false;
    return isChance === true;
  };

  return {
    jobs: (jobs) => (rate === Infinity ? jobs : Math.max(1, Math.min(jobs, Math.round(rate / ratePerJob)))),
    perSecond: () => Math.min(rate * share, perSecondMax),
    next(nowMs) {
      let atMs = Math.max(nowMs, givenMs, heldUntilMs);
      if (rate !== Infinity) {
        const everyMs = 1_000 / (rate * share);
        const aheadMs = Math.max(0, rate * (1 - share) - 1) * everyMs;
        atMs = Math.max(atMs, learntMs - aheadMs);
        learntMs = Math.max(learntMs, atMs) + everyMs;
      }
      givenMs = atMs + 1_000 / perSecondMax;
      return atMs;
    },
    saw(limit, nowMs) {
      keep(recent, limit !== undefined, recentMax);
      if (limit === undefined) keep(servedMs, nowMs, freeRate);
      sinceRefused = limit === undefined ? sinceRefused + 1 : 0;
      const refused = recent.filter(Boolean).length;
      const isChanceNow = isByChance(limit !== undefined, refused, nowMs);
      if (limit !== undefined && isLimited && refused >= refusedMin && nowMs >= adjustAfterMs && !isChanceNow)
        slowDown(limit, nowMs);
      if (rate !== Infinity && sinceRefused >= recoversAfter) recover();
    },
    pauseMs({ waitMs }, refused, nowMs) {
      const pause = pausesMs[refused - 1];
      const isStanding = stood >= stoodMax;
      if (pause === undefined || (isStanding && (refused > 1 || nowMs < scoutAfterMs))) return undefined;
      if (isStanding) scoutAfterMs = nowMs + scoutEveryMs;
      const ms = waitMs === undefined ? pause : Math.max(waitMs, namedMinMs);
      const more = Math.max(nowMs + ms - Math.max(namedUntilMs, nowMs), 0);
      if (ms > namedMaxMs || (waitMs !== undefined && namedSumMs + more > namedSumMaxMs)) return undefined;
      if (waitMs !== undefined) {
        namedSumMs += more;
        namedUntilMs = Math.max(namedUntilMs, nowMs + ms);
      }
      return ms;
    },
    ended({ request, by, recovered }) {
      stood = recovered ? 0 : stood + 1;
      if (recovered && !isLimited) tell({ request, by });
      isLimited ||= recovered;
    },
  };
}

function keep<T>(list: T[], value: T, max: number): void {
  list.push(value);
  if (list.length > max) list.shift();
}
