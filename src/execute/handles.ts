import type { Json, Probe } from '../model/request.js';
import { withoutHandle } from '../model/handle.js';
import type { ExchangeStep } from '../model/suite.js';
import { filledJson, textOf, type ValueOf } from '../model/template.js';
import type { CheckRun } from './check-run.js';
import { changedId, generatedId } from './ids.js';
import { tampered } from './tampered.js';

/** The id that a step names, raw; undefined where it names none. Throws `Unalterable`. */
export function chosenHandle(step: ExchangeStep, run: CheckRun, valueOf: ValueOf): Json | undefined {
  const choice = step.kind === 'send' ? step.handle : undefined;
  switch (choice?.kind) {
    case undefined:
    case 'none':
      return undefined;
    case 'generated':
      return generatedId(choice.how, run);
    case 'given': {
      const value = filledJson(choice.text, valueOf);
      if (choice.changed === undefined) return value;
      return choice.changed === 'tampered'
        ? named(tampered(textOf(value)), run)
        : changedId(textOf(value), choice.changed, 'handle', run);
    }
  }
}

function named(id: string, { masks }: CheckRun): string {
  masks.name(id, 'tampered id');
  return id;
}

/** The request of a probe without the id, where the step wants none in it. */
export function asChosen(step: ExchangeStep, probe: Probe): Probe {
  return step.kind === 'send' && step.handle?.kind === 'none' ? withoutHandle(probe) : probe;
}
