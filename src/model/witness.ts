import type { Need } from './need.js';
import type { Step } from './suite.js';

/**
 * Sessions that live through a run beside its checks, so that monitors see what a check does to bystanders. A witness demands
 * nothing itself.
 */
export interface Witness {
  /** Such as `witness.busy`. */
  readonly id: string;
  readonly title: string;
  readonly needs: readonly Need[];
  /** All steps in order: what is done before the first check, the rounds beside the checks, and what is done behind the last one. */
  readonly before: readonly Step[];
  /** Absent where it does nothing beside the checks. */
  readonly beside?: Step<'repeat'>;
  /** One round for so many checks that end. */
  readonly every: number;
  readonly after: readonly Step[];
}

/** The steps as one list, which may be walked and counted like those of a check. */
export function stepsOf({ before, beside, after }: Witness): readonly Step[] {
  return [...before, ...(beside === undefined ? [] : [beside]), ...after];
}
