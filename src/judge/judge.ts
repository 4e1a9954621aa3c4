import type { Facts } from '../model/facts.js';
import type { Profile } from '../model/profile.js';
import type { Check } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import type { Judgement } from '../model/verdict.js';
import { written } from '../model/walk.js';
import { accountable } from './attribute.js';
import { combine } from './combine.js';
import { withHarm } from './harm.js';
import { exchangesOf, rateInvariant } from './observe.js';
import { rateStep } from './rate-step.js';

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
