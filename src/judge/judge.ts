import { cached } from '../model/cached.js';
import type { Facts } from '../model/facts.js';
import type { Profile } from '../model/profile.js';
import type { Check, Harm } from '../model/suite.js';
import type { Transcript, Exchange } from '../model/transcript.js';
import type { Judgement } from '../model/verdict.js';
import { written, stepNamed, placeOf } from '../model/walk.js';
import { accountable } from './attribute.js';
import { isAbsence } from './absence.js';
import { areAlike, attemptOf, nextOf, settled, type Attempt, type Next } from './attempts.js';
import { combine } from './combine.js';
import { withinLimits } from './known-limits.js';
import { exchangesOf, rateInvariant } from './observe.js';
import { rateStep } from './rate-step.js';
import { isRefusedStep } from './refused.js';
import type { Failure, Rating } from './rating.js';

/**
 * Turns what a check saw, in all its attempts, into what a profile says of it. Pure: the same transcript gives the same judgement,
 * now or years later from a file.
 */
export function judge(
  check: Check,
  transcript: Transcript,
  profile: Profile,
  facts: Pick<Facts, 'needsMet' | 'company'>,
): Judgement {
  return settled(attemptsOf(check, transcript, profile, facts), transcript.once, check);
}

/** How the check has to be tried once more before what it saw counts under these profiles, if it has to. */
export function triedNext(
  check: Check,
  transcript: Transcript,
  profiles: readonly Profile[],
  facts: Pick<Facts, 'needsMet' | 'company'>,
): Next | undefined {
  const nexts = profiles.map((profile) => nextOf(attemptsOf(check, transcript, profile, facts)));
  // What may accuse under one of them is no mere doubt.
  return nexts.find((next) => next?.isDoubt === false) ?? nexts.find((next) => next !== undefined);
}

/** Whether each attempt ended in the same way, under each of these profiles. */
export function isSteady(
  check: Check,
  transcript: Transcript,
  profiles: readonly Profile[],
  facts: Pick<Facts, 'needsMet' | 'company'>,
): boolean {
  return profiles.every((profile) => areAlike(attemptsOf(check, transcript, profile, facts)));
}

function attemptsOf(
  check: Check,
  transcript: Transcript,
  profile: Profile,
  facts: Pick<Facts, 'needsMet' | 'company'>,
): readonly Attempt[] {
  return [...(transcript.earlier ?? []), transcript].map((one) => {
    const known = attemptsKnown(one);
    const same = known.find(
      (each) => each.check === check && each.profile === profile && each.facts === facts,
    );
    if (same !== undefined) return same.made;
    const made = attempt(check, one, profile, facts);
    known.push({ check, profile, facts, made });
    return made;
  });
}

interface Known {
  readonly check: Check;
  readonly profile: Profile;
  readonly facts: Pick<Facts, 'needsMet' | 'company'>;
  readonly made: Attempt;
}

/** Whether an attempt is to be made again is asked before what all of them come to. */
const attemptsKnown = cached<Transcript, Known[]>(() => []);

function attempt(
  check: Check,
  recorded: Transcript,
  profile: Profile,
  facts: Pick<Facts, 'needsMet' | 'company'>,
): Attempt {
  const transcript = accountable(recorded);
  const exchanges = exchangesOf(transcript.entries);
  const around = { check, transcript, exchanges, profile };
  const ratings = [
    ...written(check.steps, facts).flatMap((step) => rateStep(step, around)),
    ...check.invariants.map((invariant) => rateInvariant(invariant, transcript)),
  ];
  const within = withinLimits(ratings, transcript, { check, exchanges, facts, cut: transcript.cut });
  const weighed = withGrounds(withHarm(check, within.ratings, exchanges), within.transcript);
  const under = (these: readonly Rating[]) => combine(check, these, within.transcript, profile);
  return attemptOf(weighed, within.transcript, under);
}

/** Marks the failures that rest on what the target did not do. */
function withGrounds(ratings: readonly Rating[], transcript: Transcript): readonly Rating[] {
  return ratings.map((rating) =>
    (rating.kind === 'fail' || rating.kind === 'warn') && isAbsence(rating, transcript)
      ? { ...rating, absence: true }
      : rating,
  );
}

/** Marks the failures that show what their check declares to be harm. */
function withHarm(
  check: Check,
  ratings: readonly Rating[],
  exchanges: readonly Exchange[],
): readonly Rating[] {
  return ratings.map((rating) =>
    (rating.kind === 'fail' || rating.kind === 'warn') && isHarm(check, rating, exchanges)
      ? { ...rating, harm: true }
      : rating,
  );
}

function isHarm(check: Check, { reason, evidence }: Failure, exchanges: readonly Exchange[]): boolean {
  const shows = ({ reasons, step, refused }: Harm) =>
    (reasons === undefined || reasons.includes(reason)) &&
    (step === undefined || stepNamed(check, step)?.path === placeOf(evidence.step)) &&
    refused.every((name) => isRefusedStep(check, name, exchanges));
  return check.harm.some(shows);
}
