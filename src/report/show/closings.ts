import type { Check, Step } from '../../model/suite.js';
import type { Exchange } from '../../model/transcript.js';
import { placeOf, stepNamed, written } from '../../model/walk.js';

/** A stream that a check closes before the first exchange of a later step. */
export interface Closing {
  readonly seq: number;
  readonly before: string;
}

/** Which streams are closed while the check goes on. The transcript does not tell when, but the steps do. */
export function closings(check: Check | undefined, exchanges: readonly Exchange[]): readonly Closing[] {
  if (check === undefined) return [];
  const steps = written(check.steps);
  return steps.flatMap((step, i) => {
    if (step.kind !== 'close') return [];
    const target = stepNamed(check, step.target);
    const closed = exchanges.findLast(({ step: where }) => placeOf(where) === target?.path);
    const later = new Set(steps.slice(i + 1).map(({ path }: Step) => path));
    const next = exchanges.find(({ step: where }) => later.has(placeOf(where)));
    return closed === undefined || next === undefined ? [] : [{ seq: closed.seq, before: next.step }];
  });
}
