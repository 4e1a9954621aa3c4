import type { Facts } from './facts.js';
import type { NotApplicableReason } from './reason.js';
import type { Check } from './suite.js';

/** One check at one revision: to be run, or left out with the reason. */
export type Planned =
  | {
      readonly check: Check;
      readonly facts: Facts;
      readonly run: true;
      readonly requests: number;
      readonly requestsMax: number;
    }
  | {
      readonly check: Check;
      readonly facts: Facts;
      readonly run: false;
      readonly reason: NotApplicableReason;
      readonly says: string;
    };

export interface Plan {
  readonly entries: readonly Planned[];
  /** How many requests running it sends to a target that behaves. */
  readonly requests: number;
  /** The most that it sends. */
  readonly requestsMax: number;
}
