import type { Check, Harm } from '../model/suite.js';
import type { Exchange } from '../model/transcript.js';
import { classify } from './classify.js';
import type { Failure, Rating } from './rating.js';
import { named, placeOf } from './steps.js';

/** Marks the failures that show what their check declares to be harm. */
export function withHarm(
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
  const of = (name: string) => {
    const path = named(check, name)?.path;
    return exchanges.filter((exchange) => placeOf(exchange.step) === path);
  };
  const shows = ({ reasons, step, refused }: Harm) =>
    (reasons === undefined || reasons.includes(reason)) &&
    (step === undefined || named(check, step)?.path === placeOf(evidence.step)) &&
    refused.every((name) => of(name).length > 0 && of(name).every(isRefused));
  return check.harm.some(shows);
}

function isRefused(exchange: Exchange): boolean {
  return classify(exchange).startsWith('4');
}
