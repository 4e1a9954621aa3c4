import { isExchange } from '../model/request-kind.js';
import type { Check, ExchangeStep } from '../model/suite.js';
import { written } from '../model/walk.js';

/** The place of a step without its iterations: `2.do.0#14` is `2.do.0`. */
export function placeOf(step: string): string {
  return step.split('#')[0] ?? step;
}

/** The step a control or a stream names; an opened actor is a name as well. */
export function named(check: Check, name: string): ExchangeStep | undefined {
  const exchanges = written(check.steps).filter(isExchange);
  return (
    exchanges.find((step) => step.name === name) ??
    exchanges.find((step) => step.kind === 'open' && step.as === name)
  );
}
