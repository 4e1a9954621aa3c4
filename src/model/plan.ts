import type { Facts } from './facts.js';
import type { Need } from './need.js';
import type { NotApplicableReason } from './reason.js';
import type { Check } from './suite.js';
import type { Witness } from './witness.js';

/** One check at one revision: to be run, or left out with the reason. */
export type Planned =
  | {
      readonly check: Check;
      readonly facts: Facts;
      readonly run: true;
      readonly requests: number;
      readonly requestsMax: number;
    }
  | (LeftOut & { readonly check: Check; readonly facts: Facts; readonly run: false });

/** Why a check does not apply. */
export interface LeftOut {
  readonly reason: NotApplicableReason;
  readonly says: string;
  /** What is missing, where a fact is. */
  readonly need?: Need;
}

/** A witness with the rounds that it can do beside the checks that run. */
export interface PlannedWitness {
  readonly witness: Witness;
  readonly facts: Facts;
  readonly requests: number;
  readonly requestsMax: number;
}

/** The most attempts of one check: what did not come is asked for again. */
export const attemptsMax = 3;

/** A check asks so many fresh clients more, in all, where one that was to show that the target still answers got no answer. */
export const askedAgainMax = 2;

export interface Plan {
  readonly entries: readonly Planned[];
  readonly witnesses: readonly PlannedWitness[];
  /** How many requests running it sends to a target that behaves. */
  readonly requests: number;
  /** The most that it sends, with every check tried as often as may be; a target that limits gets some of them again besides. */
  readonly requestsMax: number;
}
