import type { Check, Monitor } from '../model/suite.js';
import type { Witness } from '../model/witness.js';
import type { Profiles } from './results.js';

/** The checks and profiles of a run. */
export interface Suites {
  readonly checks: readonly Check[];
  /** All checks of the selection of which these are a part: what the target offers is found out for all. */
  readonly whole?: readonly Check[];
  /** What must hold over all of a run; judged where all checks share one target. */
  readonly monitors?: readonly Monitor[];
  /** Monitors that were not selected and speak all the same where something went wrong. */
  readonly besides?: readonly Monitor[];
  /** Ids of the checks that were at hand and not selected. */
  readonly leftOut?: readonly string[];
  readonly profiles: Profiles;
  /** Ids of the checks that a mutant has killed; the others are reported as unproven. */
  readonly proven: ReadonlySet<string>;
  /** Sessions that live through the run beside the checks. */
  readonly witnesses?: readonly Witness[];
}
