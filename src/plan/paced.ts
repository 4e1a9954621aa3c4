import type { Facts } from '../model/facts.js';
import { isExchange } from '../model/request-kind.js';
import type { Step } from '../model/suite.js';

/** The first step that shows nothing unless requests are under way at the same time. */
export function overlappingStep(steps: readonly Step[], facts: Facts): Step | undefined {
  return steps.find(
    (step) =>
      step.when.every((need) => facts.needsMet.includes(need)) &&
      (step.kind === 'parallel' ||
        (step.kind === 'repeat' &&
          (step.concurrency > 1 || overlappingStep(step.steps, facts) !== undefined)) ||
        (isExchange(step) && step.background)),
  );
}
