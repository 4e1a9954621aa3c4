import type { Json } from '../model/facts.js';
import { eventsOf, type Header, type HttpRequest } from '../model/http.js';
import type { Asked } from '../model/transcript.js';
import { requestKindOf } from '../model/request-kind.js';
import { parseJson } from '../model/json.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, filledJson, type ValueOf } from '../model/template.js';
import { version } from '../version.js';
import { chosenIds, Unalterable } from './ids.js';
import { draw, hexDigits } from './random.js';
import { resolveProbe } from './probes.js';
import type { Actor, CheckRun } from './check-run.js';
import { encoded, expectedValues, filledLine, valuesOf } from './values.js';

/** A request ready for the wire, and what the judge must know of it. Ids are raw here. */
export interface Prepared {
  readonly request: HttpRequest;
  readonly asked: Omit<Asked, 'session' | 'own'>;
}

/** Builds the request of a step for an actor. Throws `Unalterable` where the session id cannot be made. */
export function prepare(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  iteration: number | undefined,
  node: number,
): Prepared {
  const nonce = nonceOf(step, run);
  const valueOf = valuesOf(step, actor, run, { iteration, nonce, node });
  const { method, body, asked } = content(step, actor, run, valueOf);
  const ids = chosenIds(step.session, actor.session, run, valueOf);
  const values = expectedValues(step, valueOf);
  const headers = [
    ...fieldsOf(method, revisionOf(step, actor), ids),
    ...resumption(step, run),
    ...run.deps.headersOf(step.credentials === 'none' ? undefined : actor.name),
  ].flatMap(([name, value]): Header[] => {
    const override = findOverride(step.headers, name);
    return override === undefined
      ? [[name, value]]
      : override === null
        ? []
        : [[name, filledLine(override, valueOf)]];
  });
  for (const [name, value] of Object.entries(step.headers)) {
    if (value !== null && !headers.some(([known]) => known.toLowerCase() === name.toLowerCase()))
      headers.push([name, filledLine(value, valueOf)]);
  }
  return {
    asked: { ...asked, ...(nonce !== undefined && { nonce }), ...(values !== undefined && { values }) },
    request: {
      method,
      headers,
      ...(body !== undefined && { body }),
      ...(step.query !== undefined && {
        query: filled(step.query, (name) => encoded(valueOf(name))),
      }),
      ...(step.kind === 'raw' && { raw: filledLine(step.text, valueOf) }),
    },
  };
}

/** A fresh word for a request that shall be told apart from all others. */
function nonceOf(step: ExchangeStep, run: CheckRun): string | undefined {
  if (step.kind !== 'send' || !(step.nonce || resolveProbe(step, run.facts).nonced)) return undefined;
  const nonce = draw(run.random, hexDigits, 16);
  run.nonces.push(nonce);
  return nonce;
}

function content(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  valueOf: ValueOf,
): { readonly method: string; readonly body?: string; readonly asked: Prepared['asked'] } {
  switch (step.kind) {
    case 'listen': {
      const resumed = run.lives.findLast(({ of }) => of.name === step.resume && of.kind === 'send');
      const nonce = resumed?.record().asked.nonce;
      return {
        method: 'GET',
        asked: { kind: 'get', ...(nonce !== undefined && resumed?.actor === actor.name && { nonce }) },
      };
    }
    case 'delete':
      return { method: 'DELETE', asked: { kind: 'delete' } };
    case 'raw':
      return { method: 'POST', asked: { kind: requestKindOf(step) } };
    case 'post':
      return { method: 'POST', body: filledBody(step.body, valueOf), asked: { kind: requestKindOf(step) } };
    case 'open':
      return rpc('initialize', initializeParams(step.revision ?? run.facts.revision), actor.nextRpcId++);
    case 'notify': {
      const params = step.params === undefined ? undefined : filledJson(step.params, valueOf);
      const body = JSON.stringify({
        jsonrpc: '2.0',
        method: step.method,
        ...(params !== undefined && { params }),
      });
      return { method: 'POST', body, asked: { kind: 'notification', method: step.method } };
    }
    case 'send':
      return sendContent(step, actor, run, valueOf);
  }
}

function sendContent(
  step: Extract<ExchangeStep, { kind: 'send' }>,
  actor: Actor,
  run: CheckRun,
  valueOf: ValueOf,
) {
  const { probe, shows } = resolveProbe(step, run.facts);
  const params =
    probe.method === 'initialize' && probe.params === undefined
      ? initializeParams(run.facts.revision)
      : probe.params;
  const id =
    step.rpcId === undefined
      ? actor.nextRpcId++
      : typeof step.rpcId === 'string'
        ? filled(step.rpcId, valueOf)
        : step.rpcId;
  const built = rpc(
    filled(probe.method, valueOf),
    params === undefined ? undefined : filledJson(params, valueOf),
    id,
  );
  return {
    ...built,
    asked: { ...built.asked, ...(shows !== undefined && { shows }) },
  };
}

/** In a body that is JSON a value stands as JSON, so that it cannot end the text that it stands in. */
function filledBody(body: string, valueOf: ValueOf): string {
  const json = parseJson(body);
  return json !== undefined && JSON.stringify(json) === body
    ? JSON.stringify(filledJson(json, valueOf))
    : filled(body, valueOf);
}

function rpc(method: string, params: Json | undefined, id: number | string) {
  return {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) }),
    asked: {
      kind: method === 'initialize' ? ('initialize' as const) : ('request' as const),
      method,
      rpcId: id,
    },
  };
}

export function initializeParams(revision: string): Json {
  return { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'sessionspec', version } };
}

/** The fields of a request that an actor makes in its own session, as any client would. */
export function ordinaryHeaders(actor: Actor, method: string, run: CheckRun): readonly Header[] {
  const own = actor.session === undefined ? [] : [actor.session];
  return [...fieldsOf(method, actor.revision, own), ...run.deps.headersOf(actor.name)];
}

function fieldsOf(method: string, revision: string | undefined, ids: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  if (method === 'POST')
    headers.push(['Content-Type', 'application/json'], ['Accept', 'application/json, text/event-stream']);
  if (method === 'GET') headers.push(['Accept', 'text/event-stream']);
  if (revision !== undefined) headers.push(['MCP-Protocol-Version', revision]);
  for (const id of ids) headers.push(['Mcp-Session-Id', id]);
  return headers;
}

function revisionOf({ revisionHeader }: ExchangeStep, { revision }: Actor): string | undefined {
  if (revisionHeader.kind === 'text') return revisionHeader.text;
  return revisionHeader.kind === 'none' ? undefined : revision;
}

/** The field that names the first event of another step's stream. */
function resumption(step: ExchangeStep, { lives }: CheckRun): readonly Header[] {
  if (step.kind !== 'listen' || step.resume === undefined) return [];
  const resumed = lives.findLast(({ of }) => of.name === step.resume);
  const id = eventsOf(resumed?.call.snapshot()).find((event) => event.id !== undefined)?.id;
  if (id === undefined) throw new Unalterable(`no event of ${step.resume} carries an id`);
  return [['Last-Event-ID', id]];
}

function findOverride(
  headers: Readonly<Record<string, string | null>>,
  name: string,
): string | null | undefined {
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return entry?.[1];
}
