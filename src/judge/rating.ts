import type { FailReason, InconclusiveReason } from '../model/reason.js';
import type { Evidence } from '../model/verdict.js';

/** What one look at the transcript amounts to. A judgement is the weightiest of a check's ratings. */
export type Rating =
  | { readonly kind: 'pass' | 'unspecified'; readonly evidence: Evidence }
  | {
      readonly kind: 'fail' | 'warn';
      readonly reason: FailReason;
      readonly evidence: Evidence;
      /** A set of the profile decided, so the profile's level counts. */
      readonly byProfile: boolean;
    }
  | { readonly kind: 'unclear'; readonly reason: InconclusiveReason; readonly evidence: Evidence };
