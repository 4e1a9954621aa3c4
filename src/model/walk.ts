import type { Need } from './facts.js';
import { timesOf, type Step, type Check, type ExchangeStep } from './suite.js';
import { isExchange } from './request-kind.js';

/** What decides which steps are done, and how often. Without `needsMet` all of them are. */
export interface Extent {
  readonly needsMet?: readonly Need[];
  readonly burst: number;
}

/** Whether a step is done on a target that meets these needs. */
export function applies({ when }: Pick<Step, 'when'>, { needsMet }: Pick<Extent, 'needsMet'>): boolean {
  return needsMet === undefined || when.every((need) => needsMet.includes(need));
}

/** Every step as it is written, those within a group right behind the group. */
export function written(steps: readonly Step[], extent: Pick<Extent, 'needsMet'> = {}): readonly Step[] {
  return steps.flatMap((step) =>
    applies(step, extent) ? [step].concat(written(innerOf(step), extent)) : [],
  );
}

/**
 * Visits every step in the order in which a target gets them, the steps of a `repeat` once for each iteration, with its number. What
 * runs at the same time is visited in the order in which it is written.
 */
export function walk(
  steps: readonly Step[],
  extent: Extent,
  visit: (step: Step, iteration: number | undefined) => void,
  iteration?: number,
): void {
  for (const step of steps.filter((one) => applies(one, extent))) {
    visit(step, iteration);
    if (step.kind !== 'repeat') walk(innerOf(step), extent, visit, iteration);
    else for (let i = 0; i < timesOf(step, extent); i += 1) walk(step.steps, extent, visit, i);
  }
}

/** The sum over all visits where the iteration makes no difference, so that iterations are multiplied and not visited. */
export function total(steps: readonly Step[], extent: Extent, of: (step: Step) => number): number {
  return steps
    .filter((step) => applies(step, extent))
    .reduce((sum, step) => {
      const times = step.kind === 'repeat' ? timesOf(step, extent) : 1;
      return sum + of(step) + times * total(innerOf(step), extent, of);
    }, 0);
}

function innerOf(step: Step): readonly Step[] {
  return 'steps' in step ? step.steps : [];
}

/** The place of a step without its iterations: `2.do.0#14` is `2.do.0`. */
export function placeOf(step: string): string {
  return step.split('#')[0] ?? step;
}

/** The step a control or a stream names; an opened actor is a name as well. */
export function stepNamed(check: Check, name: string): ExchangeStep | undefined {
  const exchanges = written(check.steps).filter(isExchange);
  return (
    exchanges.find((step) => step.name === name) ??
    exchanges.find((step) => step.kind === 'open' && step.as === name)
  );
}
