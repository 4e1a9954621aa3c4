import type { Facts } from '../model/facts.js';
import type { AnswerSet } from '../model/profile.js';
import type { FailReason, InconclusiveReason } from '../model/reason.js';
import type { Check } from '../model/suite.js';
import type { Exchange, Transcript } from '../model/transcript.js';
import type { Evidence } from '../model/verdict.js';

/** What one look at the transcript amounts to. A judgement is the weightiest of a check's ratings. */
export type Rating =
  | { readonly kind: 'pass' | 'unspecified'; readonly evidence: Evidence }
  | Failure
  | { readonly kind: 'unclear'; readonly reason: InconclusiveReason; readonly evidence: Evidence };

export interface Failure {
  readonly kind: 'fail' | 'warn';
  readonly reason: FailReason;
  readonly evidence: Evidence;
  /** The set of the profile that decided, if one did. */
  readonly set?: AnswerSet;
  /** It shows what its check declares to be harm. */
  readonly harm?: true;
  /** It rests on what the target did not do, so it counts only if it shows each time. */
  readonly absence?: true;
}

/** What the ratings of a check rest on besides its transcript. */
export interface Rated {
  readonly check: Pick<Check, 'steps'>;
  readonly exchanges: readonly Exchange[];
  readonly facts: Pick<Facts, 'company'>;
  /** Where the check ended early. */
  readonly cut?: Transcript['cut'];
}
