import type { Facts } from '../model/facts.js';
import { isExchange } from '../model/request-kind.js';
import type { Step } from '../model/suite.js';
import { written } from '../model/walk.js';

/** The first step that shows nothing unless requests are under way at the same time. */
export function overlappingStep(steps: readonly Step[], facts: Pick<Facts, 'needsMet'>): Step | undefined {
  return written(steps, facts).find(
    (step) =>
      step.kind === 'parallel' ||
      (step.kind === 'repeat' && step.concurrency > 1) ||
      (isExchange(step) && step.background),
  );
}
