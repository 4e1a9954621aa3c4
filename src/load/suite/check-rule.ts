import type { Profile } from '../../model/profile.js';
import type { Check } from '../../model/suite.js';
import type { Placed } from './build.js';
import type { DocPath, Problem } from '../yaml/problem.js';
import type { RawCheck } from '../../model/raw-suite.js';

/** What a rule looks at: one check whose shape is right. */
export interface CheckSource {
  readonly check: Check;
  readonly raw: RawCheck;
  readonly at: DocPath;
  /** All steps, also those within others, in the order they are written. */
  readonly steps: readonly Placed[];
  readonly profiles: readonly Profile[];
}

/** Finds one kind of mistake that the schema cannot express. */
export type CheckRule = (source: CheckSource) => readonly Problem[];

/** A problem at a step, or at what stands at `below` in it. */
export function problemAt(placed: Placed, message: string, ...below: DocPath): Problem {
  return { at: [...placed.at, ...below], message, via: placed.via };
}
