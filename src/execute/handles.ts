import type { Json, Probe } from '../model/facts.js';
import { idIn, withoutHandle, type HandleProbe } from '../model/handle.js';
import { readHandleProbe } from '../model/probe.js';
import type { ExchangeStep } from '../model/suite.js';
import { filledJson, textOf, type ValueOf } from '../model/template.js';
import type { CheckRun } from './check-run.js';
import { changedId, generatedId } from './ids.js';
import type { Resolved } from './probes.js';
import { tampered } from './tampered.js';

/** What can be done with what an id names, and how a reading of it is read. */
export function resolveHandle(
  method: string,
  { create, read, write, end, elsewhere, shows }: HandleProbe,
): Resolved {
  const of = { handle: true } as const;
  switch (readHandleProbe(method)?.does) {
    case 'create':
      return { ...of, probe: create, nonced: true };
    case 'write':
      return { ...of, probe: write ?? read, nonced: true, writes: true, ...(shows && { shows }) };
    case 'end':
      return { ...of, probe: end ?? read, nonced: false };
    case 'elsewhere':
      return { ...of, probe: elsewhere ?? read, nonced: false };
    default:
      return { ...of, probe: read, nonced: false, ...(shows && { shows: shownBy(shows, read, write) }) };
  }
}

/** A counter that is read by the call that counts goes on with each reading. */
function shownBy(shows: NonNullable<HandleProbe['shows']>, read: Probe, write: Probe | undefined) {
  const counts = shows === 'number' && JSON.stringify(read) === JSON.stringify(write);
  return counts ? 'number-with-read' : shows;
}

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

/** The id in the result of a step that made something. */
export function madeBy(step: ExchangeStep, result: Json | undefined, { facts }: CheckRun): Json | undefined {
  const kind = step.kind === 'send' ? readHandleProbe(step.method)?.kind : undefined;
  const probe = kind && facts.probes[kind];
  return probe && idIn(result, probe.idAt);
}
