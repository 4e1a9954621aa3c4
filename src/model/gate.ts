import { counts, type Severity, type Weight } from './level.js';
import type { VerdictKind } from './verdict.js';

export interface Policy {
  readonly failOn: Severity;
  /** Whether an inconclusive check whose failure would trip `failOn` leaves the run undecided. */
  readonly inconclusive: 'fail' | 'warn';
  /** Fewer judged checks (pass or fail) than this decide nothing. */
  readonly judgedMin: number;
}

export const defaultPolicy: Policy = { failOn: 'must', inconclusive: 'fail', judgedMin: 1 };

/** What a policy looks at in a verdict. */
export interface Weighed extends Weight {
  readonly verdict: VerdictKind;
  readonly reason?: string;
  /** A failure that shows harm counts at every level. */
  readonly harm?: true;
  /** Undecided, and a failure could have shown harm. */
  readonly mayHarm?: true;
}

/** Whether a verdict counts against the target: the one place that says so. */
export function countsUnder({ failOn, inconclusive }: Policy, weighed: Weighed): boolean {
  const { verdict, reason } = weighed;
  if (!counts(weighed, { failOn })) return false;
  return verdict === 'fail' || (verdict === 'inconclusive' && inconclusive === 'fail') || isCurtailed(reason);
}

/** What the user may let the run do was not enough for it. */
function isCurtailed(reason: string | undefined): boolean {
  return reason === 'budget' || reason === 'too-long';
}

/** 0 gate met · 1 not conformant · 2 undecided · 3 usage, configuration or suite error · 4 the harness failed · 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

export interface Gate {
  readonly exit: ExitCode;
  readonly sentence: string;
  /** Ids of the checks whose failures count, each once and in the order of the suites. */
  readonly failed: readonly string[];
  /** Ids of the checks that leave the run undecided: inconclusive, or without a request left for them. */
  readonly undecided: readonly string[];
  /** Ids of the checks whose failures would count if the baseline did not excuse them; only with a baseline. */
  readonly excused?: readonly string[];
}
