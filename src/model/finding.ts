import type { BaselineEntry } from './baseline.js';
import type { Weight } from './level.js';
import type { FailReason } from './reason.js';
import type { Demand } from './requirement.js';
import type { Evidence } from './verdict.js';

/** One cause of failures, as people read it: the checks are the proof behind it. */
export interface Finding extends Weight {
  /** The id of the check, or of the monitor, that shows the cause best. */
  readonly id: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly title: string;
  readonly reason: FailReason;
  readonly requirement: Demand;
  /** Whole address of the requirement, if a text has it. */
  readonly link?: string;
  /** One client reached or lost something of a session. */
  readonly harm?: true;
  /** True where one of its failures makes the target not conformant. */
  readonly counts: boolean;
  /** `expected` where all of its failures are known; only with a baseline. */
  readonly standing?: 'expected' | 'unexpected';
  /** What excuses it, written into a baseline; absent where it is excused already. */
  readonly entry?: BaselineEntry;
  /** What was sent, what would have been accepted, and what came. */
  readonly example?: Evidence;
  /** Ids of the checks that show the cause, the leading one first. */
  readonly checks: readonly string[];
  /** Ids of the checks that fail because of it and show nothing of their own. */
  readonly folded: readonly string[];
  /** Ids of the controls of other standards that one of its failures is evidence against, where there are any. */
  readonly controls?: readonly string[];
  /** Ids of the checks that it kept from being decided, where there are any. */
  readonly undecided?: readonly string[];
}
