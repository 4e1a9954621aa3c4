/** Counts our own running time. */
export interface Clock {
  readonly nowMs: () => number;
  /** How long we did not run, all in all. */
  readonly stalledMs: () => number;
}
