import type { FailReason, InconclusiveReason } from '../model/reason.js';

/** Failures of some checks, all where none are named, with one of some reasons, any where none is. */
export interface Sign {
  readonly checks?: RegExp;
  readonly reasons?: readonly FailReason[];
  /** What came begins so. */
  readonly came?: RegExp;
}

/** A cause that makes other checks fail in ways that say nothing of their own. */
export interface Cause {
  /** What a failure shows that has this cause. */
  readonly shownBy: Sign;
  /** What fails for no other reason. */
  readonly explains: Sign;
  /** What stays undecided for no other reason. */
  readonly hides?: Doubt;
}

/** Doubts for one of some reasons. */
export interface Doubt {
  readonly reasons: readonly InconclusiveReason[];
  /** What came begins so. */
  readonly came?: RegExp;
}
