import type { Severity } from './level.js';

export interface Policy {
  readonly failOn: Severity;
  /** Whether an inconclusive check whose failure would trip `failOn` leaves the run undecided. */
  readonly inconclusive: 'fail' | 'warn';
  /** Fewer judged checks (pass or fail) than this decide nothing. */
  readonly judgedMin: number;
}

export const defaultPolicy: Policy = { failOn: 'must', inconclusive: 'fail', judgedMin: 1 };

/** 0 gate met · 1 not conformant · 2 undecided · 3 usage, configuration or suite error · 4 the harness failed · 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

export interface Gate {
  readonly exit: ExitCode;
  readonly sentence: string;
}
