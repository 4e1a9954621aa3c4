import type { Need } from './need.js';
import { timesOf, type Step, type Check, type ExchangeStep } from './suite.js';
import { cached } from './cached.js';
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
export function written(
  steps: readonly Step[],
  { needsMet }: Pick<Extent, 'needsMet'> = {},
): readonly Step[] {
  return needsMet === undefined ? allOf(steps) : metBy(needsMet)(steps);
}

// The steps of a check are looked at for each attempt under each profile.
const allOf = cached((steps: readonly Step[]) => flattened(steps, {}));
const metBy = cached((needsMet: readonly Need[]) =>
  cached((steps: readonly Step[]) => flattened(steps, { needsMet })),
);

function flattened(steps: readonly Step[], extent: Pick<Extent, 'needsMet'>): readonly Step[] {
  return steps.flatMap((step) => (applies(step, extent) ? [step, ...flattened(innerOf(step), extent)] : []));
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
  const end = step.indexOf('#');
  return end === -1 ? step : step.slice(0, end);
}

/** The step a control or a stream names; an opened actor is a name as well. */
export function stepNamed(check: Check, name: string): ExchangeStep | undefined {
  return stepsByName(check.steps).get(name);
}

const stepsByName = cached((steps: Check['steps']): ReadonlyMap<string, ExchangeStep> => {
  const exchanges = written(steps).filter(isExchange);
  const opened = exchanges.flatMap((step) => (step.kind === 'open' ? [[step.as, step] as const] : []));
  const named = exchanges.flatMap((step) => (step.name === undefined ? [] : [[step.name, step] as const]));
  // Of those alike the first one counts, and a name before an actor.
  return new Map([...opened.toReversed(), ...named.toReversed()]);
});
