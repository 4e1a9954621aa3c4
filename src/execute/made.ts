import type { Json } from '../model/request.js';
import { idIn } from '../model/handle.js';
import { readHandleProbe } from '../model/probe.js';
import type { ExchangeStep } from '../model/suite.js';
import type { CheckRun } from './check-run.js';

/** The id in the result of a step that made something. */
export function madeBy(step: ExchangeStep, result: Json | undefined, { facts }: CheckRun): Json | undefined {
  const kind = step.kind === 'send' ? readHandleProbe(step.method)?.kind : undefined;
  const probe = kind && facts.probes[kind];
  return probe && idIn(result, probe.idAt);
}
