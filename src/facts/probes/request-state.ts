import {
  allCapabilities,
  capabilityFor,
  clientCapabilities,
  declaredIn,
} from '../../model/client-capabilities.js';
import type { Json, Probe } from '../../model/request.js';
import { idIn, type HandleProbe } from '../../model/handle.js';
import { isObject, type JsonObject } from '../../model/json.js';
import { withMeta } from '../../model/modern.js';
import { modernRevision } from '../../model/revision.js';
import { askMs, filledProbe, triesOf, type Asking, type FactProbe } from '../probe.js';
import { isServed, refusalOf, without } from '../refusal.js';
import { plainOf } from '../tools/arguments.js';

/** What a tool is told, and told again when the call goes on. */
const toldText = 'sessionspec';

/** So many tools are asked whether they ask. */
const triedMax = 3;

const idAt = { keys: ['requestState'] } as const;

/** A tool that asks its client for something by its result, and goes on by a state that comes back with the answers. */
export const requestState: FactProbe = {
  finds: ['probes.request-state'],
  answers: ['request-state', 'request-state-elsewhere'],
  after: ['tools'],
  disturbs: 'own session',
  sessionless: true,
  requestsMax: (given) => triesOf(given, triedMax) * 2,
  async ask(asking, findings) {
    const { facts, candidates } = findings;
    // Only there a result can ask.
    if (facts.revision !== modernRevision) return {};
    const found: HandleProbe[] = [];
    let refusal: string | undefined;
    for (const call of [...candidates.asking, ...candidates.anything].slice(
      0,
      triesOf(asking.options, triedMax),
    )) {
      const tried = await tryAsking(call, asking);
      if (typeof tried === 'string') refusal ??= tried;
      if (typeof tried === 'object') found.push(tried);
    }
    const [first, second] = found;
    if (first === undefined) return without(findings, 'request-state', refusal);
    const elsewhere = toldOtherwise(first.read) ?? second?.read;
    const probe: HandleProbe = { ...first, ...(elsewhere && { elsewhere }) };
    return { facts: { probes: { ...facts.probes, 'request-state': probe } } };
  },
};

async function tryAsking(
  call: Probe,
  { client, ...asking }: Asking,
): Promise<HandleProbe | string | undefined> {
  const create = declaring(filledProbe(plainOf(call), toldText));
  const first = await client.request(create, { timeoutMs: askMs });
  const state = idIn(first.result, idAt);
  if (first.result?.['resultType'] !== 'input_required' || typeof state !== 'string')
    return refusalOf(first, call, { client, ...asking });
  const answers = answersTo(first.result['inputRequests']);
  const read = goingOn(create, '${handle}', answers);
  const last = await client.request(goingOn(create, state, answers), { timeoutMs: askMs });
  return isServed(last) && last.result?.['resultType'] !== 'input_required'
    ? { create, idAt, read }
    : undefined;
}

/** Says in the request itself that this client can be asked. */
function declaring({ method, params }: Probe): Probe {
  const capabilities = {
    'io.modelcontextprotocol/clientCapabilities': declaredIn(modernRevision, allCapabilities),
  };
  return { method, params: withMeta(params, capabilities) };
}

function goingOn({ method, params }: Probe, state: string, inputResponses: JsonObject | undefined): Probe {
  return {
    method,
    params: {
      ...(isObject(params) && params),
      requestState: state,
      ...(inputResponses && { inputResponses }),
    },
  };
}

const askedMax = 20;

function answersTo(requests: Json | undefined): JsonObject | undefined {
  if (!isObject(requests)) return undefined;
  const answers = Object.entries(requests)
    .slice(0, askedMax)
    .flatMap(([key, request]): readonly (readonly [string, Json])[] => {
      const { method, params } = isObject(request) ? request : {};
      const name = typeof method === 'string' ? capabilityFor(method) : undefined;
      return name === undefined ? [] : [[key, clientCapabilities[name].result(params, toldText)]];
    });
  return Object.fromEntries(answers);
}

/** The same call about something else; undefined where it is told nothing. */
function toldOtherwise({ method, params }: Probe): Probe | undefined {
  const args = isObject(params) && isObject(params['arguments']) ? params['arguments'] : {};
  const others = Object.entries(args).map(
    ([key, value]) => [key, value === toldText ? `${toldText}-other` : value] as const,
  );
  if (others.every(([key, value]) => args[key] === value)) return undefined;
  return { method, params: { ...(isObject(params) && params), arguments: Object.fromEntries(others) } };
}
