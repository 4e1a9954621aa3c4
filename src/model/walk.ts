import type { Facts } from './facts.js';
import { timesOf, type Step } from './suite.js';

/** Whether a step is done on a target with these facts. */
export function applies({ when }: Pick<Step, 'when'>, { needsMet }: Pick<Facts, 'needsMet'>): boolean {
  return when.every((need) => needsMet.includes(need));
}

/** Every step as it is written, those within a group right behind the group. With facts only what is done on such a target. */
export function written(steps: readonly Step[], facts?: Pick<Facts, 'needsMet'>): readonly Step[] {
  return steps.flatMap((step) =>
    facts === undefined || applies(step, facts) ? [step].concat(written(innerOf(step), facts)) : [],
  );
}

/**
 * Visits every step in the order in which a target gets them, the steps of a `repeat` once for each iteration, with its number. What
 * runs at the same time is visited in the order in which it is written.
 */
export function walk(
  steps: readonly Step[],
  facts: Pick<Facts, 'needsMet' | 'burst'>,
  visit: (step: Step, iteration: number | undefined) => void,
  iteration?: number,
): void {
  for (const step of steps.filter((one) => applies(one, facts))) {
    visit(step, iteration);
    if (step.kind !== 'repeat') walk(innerOf(step), facts, visit, iteration);
    else for (let i = 0; i < timesOf(step, facts); i += 1) walk(step.steps, facts, visit, i);
  }
}

function innerOf(step: Step): readonly Step[] {
  return 'steps' in step ? step.steps : [];
}
