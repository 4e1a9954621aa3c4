import type { Facts } from '../model/facts.js';
import type { Profile } from '../model/profile.js';
import type { Check, Harm } from '../model/suite.js';
import type { Transcript, Exchange } from '../model/transcript.js';
import type { Judgement } from '../model/verdict.js';
import { written, stepNamed, placeOf } from '../model/walk.js';
import { accountable } from './attribute.js';
import { combine } from './combine.js';
import { exchangesOf, rateInvariant } from './observe.js';
import { rateStep } from './rate-step.js';
import { isRefusedStep } from './refused.js';
import type { Failure, Rating } from './rating.js';

/**
 * Turns what a check saw into what a profile says of it. Pure: the same transcript gives the same judgement, now or years later
 * from a file.
 */
export function judge(
  check: Check,
  recorded: Transcript,
  profile: Profile,
  facts: Pick<Facts, 'needsMet'>,
): Judgement {
  const transcript = accountable(recorded);
  const exchanges = exchangesOf(transcript.entries);
  const around = { check, transcript, exchanges, profile };
  const ratings = [
    ...written(check.steps, facts).flatMap((step) => rateStep(step, around)),
    ...check.invariants.map((invariant) => rateInvariant(invariant, transcript)),
  ];
  return combine(check, withHarm(check, ratings, exchanges), transcript, profile);
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
