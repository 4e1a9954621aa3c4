import type { Facts } from '../model/facts.js';
import { isList, isObject, parseJson } from '../model/json.js';
import { isExchange } from '../model/request-kind.js';
import type { Exchanging, SessionChoice, Step, StepKind } from '../model/suite.js';
import { written } from '../model/walk.js';

/**
 * The first step that does more than open, use and end sessions of its own, as an ordinary client does, without calling a tool.
 * What is not known to be harmless is not: a kind of step that is added later is left out until it stands here.
 */
export function reachingStep(steps: readonly Step[], facts: Pick<Facts, 'needsMet'>): Step | undefined {
  return written(steps, facts).find((step) => !isHarmless(step));
}

/** More would be a burden on a server that others use. */
const timesMax = 16;

const kinds: ReadonlySet<StepKind> = new Set<StepKind>([
  'parallel',
  'repeat',
  'open',
  'send',
  'notify',
  'post',
  'listen',
  'delete',
  'await',
  'quiet',
  'idle-timeouts',
  'close',
  'analyse',
]);

function isHarmless(step: Step): boolean {
  if (!kinds.has(step.kind)) return false;
  if (step.kind === 'repeat') return step.times !== 'burst' && step.times <= timesMax;
  if (!isExchange(step)) return true;
  if (!isOrdinary(step)) return false;
  if (step.kind === 'send') return !step.abort && methods.has(step.method);
  if (step.kind === 'notify') return methods.has(step.method);
  return step.kind !== 'post' || asksHarmlessly(step.body);
}

/** In a read-only run no probe calls a tool; those that need one are not there. */
const methods: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'tools/list',
  'prompts/list',
  'resources/list',
  'logging/setLevel',
  'probe.plain',
  'probe.echo',
  'notifications/initialized',
  'notifications/cancelled',
]);

const fields: ReadonlySet<string> = new Set(['accept', 'content-type', 'origin']);

function isOrdinary({ session, headers, query }: Exchanging): boolean {
  const isAdded = Object.entries(headers).every(
    ([name, value]) => value === null || (fields.has(name.toLowerCase()) && !value.includes('${')),
  );
  return isOwn(session) && isAdded && query === undefined;
}

/** Every actor of a check is ours. */
function isOwn(session: SessionChoice): boolean {
  return (
    session.kind === 'own' ||
    session.kind === 'none' ||
    (session.kind === 'of' && session.changed === undefined)
  );
}

/** A text that is no JSON may become anything in the eyes of a lenient server. */
function asksHarmlessly(body: string): boolean {
  const parsed = parseJson(body);
  const messages = isList(parsed) ? parsed : [parsed];
  return messages.every((message) => {
    if (!isObject(message)) return false;
    const { method } = message;
    return method === undefined || (typeof method === 'string' && methods.has(method));
  });
}
