import { cached } from '../model/cached.js';
import { describeCame, describeSent } from '../model/describe-exchange.js';
import { plural } from '../model/plural.js';
import { kindOf, livesIn, type Life } from './lives.js';
import { createMoments, type Moment } from './moments.js';
import { good, type Observation, type Statement } from './observation.js';
import { crowdOf, rulesFor, type LossRule } from './rules.js';
import { statusOf } from '../model/reply.js';
import type { History, Seen } from './history.js';
import { sweepsIn, type Sweep } from './sweeps.js';

/** A session is served from its handshake to its end. One that is lost is shown with the rule by which it was lost. */
export const liveIsServed: Statement = {
  demands: 'a live session is served whenever its client asks rightly',
  observe: (history) => {
    const lives = livesIn(history);
    const losses = lossesOf(history);
    const early = earlyIn(lives);
    return [
      ...lives.flatMap(({ served }) => served.map(good)),
      ...early,
      ...(early.length > 0 ? [] : lives.flatMap(({ shaky }) => shaky.map(unsure))),
      ...losses.flatMap(({ life, moment, rule, sweep }): readonly Observation[] => {
        // Where all are lost at once, the process is what did not live.
        if (rule?.isExpiry || sweep !== undefined) return [];
        if (!isConfirmed(life) && (rule?.explains.size ?? 0) < 2) return life.lost.map(unsure);
        return [lossOf(life, moment, rule)];
      }),
    ];
  },
};

/** What became of the sessions of a run that had every right to be served. */
export const lossesOf = cached((history: History): readonly Loss[] => {
  const lives = livesIn(history);
  return lives.some(({ lost }) => lost.length > 0) ? lossesIn(lives, history) : [];
});

export interface Loss {
  readonly life: Life;
  readonly moment: Moment;
  readonly rule: LossRule | undefined;
  /** It was lost with all others. */
  readonly sweep?: Sweep;
}

function lossesIn(lives: readonly Life[], history: History): readonly Loss[] {
  const { seen } = history;
  const momentOf = createMoments(history);
  const lost = lives.flatMap((life) =>
    life.lost.slice(0, 1).map((at) => ({ life, moment: momentOf(life, at) })),
  );
  const kept = lives.map((life) => sample(life).map((at) => momentOf(life, at)));
  const last = kept.flatMap((moments) => moments.slice(-1));
  const rulesOf = (moments: readonly Moment[]) => rulesFor(moments, kept.flat(), last);
  const all = rulesOf(lost.map(({ moment }) => moment));
  const acts = all.filter(isActOfMany);
  const crowds = all.filter(({ places }) => places !== undefined);
  const momentsOf = ({ lives: of }: Sweep) =>
    lost.flatMap(({ life, moment }) => (of.has(life) ? [moment] : []));
  // Many that are opened at once may take the places of all others.
  const sweeps = sweepsIn(lives, seen).filter(
    (sweep) => !crowds.some(({ explains }) => momentsOf(sweep).every((one) => explains.has(one))),
  );
  const swept = lost.flatMap(({ life, moment }): readonly Loss[] => {
    const sweep = sweeps.find((one) => one.lives.has(life));
    const isAct = acts.some(({ explains }) => explains.has(moment));
    return sweep === undefined || isAct ? [] : [{ life, moment, rule: undefined, sweep }];
  });
  const gone = new Set(swept.map(({ life }) => life));
  const others = lost.filter(({ life }) => !gone.has(life));
  const rules = rulesOf(others.map(({ moment }) => moment));
  const crowded = rules.find(({ places }) => places !== undefined);
  return [
    ...swept,
    ...others.map(({ life, moment }): Loss => {
      const rule = rules.find(({ explains }) => explains.has(moment));
      // What fewer losses show is less likely.
      const isLikelier = (crowded?.explains.size ?? 0) > (rule?.explains.size ?? 0);
      return {
        life,
        moment,
        rule: isLikelier && mayBeEnded(moment, crowded?.places ?? Infinity) ? crowded : rule,
      };
    }),
  ];
}

function isActOfMany({ isAct, explains }: LossRule): boolean {
  return isAct === true && explains.size > 1;
}

/** It was told by 404, and so many others came meanwhile. */
function mayBeEnded({ at, othersMost, newerMost }: Moment, places: number): boolean {
  return statusOf(at.exchange.reply) === 404 && Math.max(othersMost(), newerMost()) >= crowdOf(places);
}

/**
 * Refusals of sessions that were served later, and always were once they had reached some age: by then the target knows them, and not
 * before. One session alone shows no rule.
 */
function earlyIn(lives: readonly Life[]): readonly Observation[] {
  const shaky = lives.filter((life) => life.shaky.length > 0);
  const refused = shaky.flatMap((life) => life.shaky.map((at) => ageIn(life, at)));
  const kinds = new Set(shaky.flatMap((life) => life.shaky.map(({ exchange }) => kindOf(exchange))));
  const served = lives.flatMap((life) =>
    life.served.filter(({ exchange }) => kinds.has(kindOf(exchange))).map((at) => ageIn(life, at)),
  );
  const oldest = Math.max(0, ...refused);
  if (shaky.length < 2 || served.length < 2 || served.some((age) => age <= oldest)) return [];
  const rule = `for up to ${Math.round(oldest)} ms after its handshake a session is not known, and later it is`;
  return shaky.flatMap((life) =>
    life.shaky.map((at): Observation => {
      const says = `${describeCame(at.exchange)}; ${rule}`;
      return { kind: 'bad', at, reason: 'refused', says };
    }),
  );
}

function ageIn({ session }: Life, { exchange }: Seen): number {
  return exchange.startedMs - session.openedMs;
}

/** What was served last, and at most so many before it: each costs a look at the life of its session. */
const sampleMax = 40;
function sample({ served }: Life): readonly Seen[] {
  return served.slice(-sampleMax);
}

/** Refused a second time, in a request that began after the first was answered. */
function isConfirmed({ lost: [first, ...more] }: Life): boolean {
  return first !== undefined && more.some(({ exchange }) => exchange.startedMs >= first.exchange.settledMs);
}

function unsure(at: Seen): Observation {
  return { kind: 'unsure', at, says: `${describeCame(at.exchange)}, once` };
}

function lossOf(
  { session, served, lost }: Life,
  { at, ageMs }: Moment,
  rule: LossRule | undefined,
): Observation {
  const before = session.uses.findLast(({ exchange }) => exchange.startedMs < at.exchange.startedMs);
  const says = [
    describeCame(at.exchange),
    `session ${session.number} had been served ${plural(served.length, 'time')} and was ${Math.round(ageMs)} ms old`,
    ...(lost.length > 1 ? [`it was refused ${plural(lost.length, 'time')} from then on`] : []),
    (rule?.isShown === true ? rule.says : undefined) ??
      (before === undefined
        ? 'nothing came before'
        : `the last that its client did before was ${describeSent(before.exchange)}, which got ${describeCame(before.exchange)}`),
  ].join('; ');
  const isTimeout = at.exchange.reply.kind === 'timeout';
  const reason = rule?.places !== undefined ? 'evicted' : isTimeout ? 'no-answer' : 'refused';
  const [opening] = session.openings;
  return { kind: 'bad', at, reason, says, ...(opening && { beside: [opening, ...lost.slice(1, 3)] }) };
}
