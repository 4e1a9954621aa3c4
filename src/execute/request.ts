import type { Outgoing } from '../model/carrier.js';
import type { Sent } from '../model/sent.js';
import type { Json } from '../model/facts.js';
import { eventsOf } from '../model/reply.js';
import type { Asked } from '../model/transcript.js';
import { requestKindOf } from '../model/request-kind.js';
import type { ExchangeStep } from '../model/suite.js';
import { version } from '../version.js';
import { chosenIds, Unalterable } from './ids.js';
import { draw, hexDigits } from './random.js';
import { nodeOf } from './nodes.js';
import { resolveProbe } from './probes.js';
import type { Actor, CheckRun } from './check-run.js';
import { fill, fillJson } from './variables.js';

/** A request ready for its carrier, and what the judge must know of it. Ids are raw here. */
export interface Prepared {
  readonly sent: Sent;
  readonly asked: Omit<Asked, 'session' | 'own'>;
}

/** Builds the request of a step for an actor. Throws `Unalterable` where it cannot be made as it is meant. */
export function prepare(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  iteration: number | undefined,
  node: number,
): Prepared {
  const { address } = nodeOf(run, node);
  const variables = {
    i: iteration ?? 0,
    own: actor.session ?? '',
    host: address.kind === 'http' ? address.url.host : '',
    path: address.kind === 'http' ? address.url.pathname : '',
  };
  const { does, text, asked } = content(step, actor, run, variables);
  const ids = chosenIds(step.session, actor.session, run);
  const revision = revisionOf(step, actor);
  const resumes = resumption(step, run);
  const http = wantedOfHttp(step, variables);
  return {
    asked,
    sent: framed(run, node, {
      does,
      ids,
      added: run.deps.headersOf(step.credentials === 'none' ? undefined : actor.name),
      ...(text !== undefined && { text }),
      ...(revision !== undefined && { revision }),
      ...(resumes !== undefined && { resumes }),
      ...(http && { http }),
    }),
  };
}

/** What the carrier of a node makes of it. Throws `Unalterable` where that carrier cannot say it. */
function framed(run: CheckRun, node: number, outgoing: Outgoing): Sent {
  const sent = nodeOf(run, node).carrier.frame(outgoing);
  if ('because' in sent) throw new Unalterable(sent.because);
  return sent;
}

/** What an actor says in its own session as any client would; undefined where its carrier has no such thing. */
export function ordinary(
  actor: Actor,
  run: CheckRun,
  node: number,
  what: Pick<Outgoing, 'does' | 'text'>,
): Sent | undefined {
  const sent = nodeOf(run, node).carrier.frame({
    ...what,
    ids: actor.session === undefined ? [] : [actor.session],
    ...(actor.revision !== undefined && { revision: actor.revision }),
    added: run.deps.headersOf(actor.name),
  });
  return 'because' in sent ? undefined : sent;
}

function wantedOfHttp(step: ExchangeStep, variables: Variables & { readonly own: string }): Outgoing['http'] {
  const fields = Object.entries(step.headers);
  if (fields.length === 0 && step.query === undefined && step.kind !== 'raw') return undefined;
  return {
    headers: Object.fromEntries(
      fields.map(([name, value]) => [name, value === null ? null : fill(value, variables)]),
    ),
    ...(step.query !== undefined && {
      query: fill(step.query, { ...variables, own: encodeURIComponent(variables.own) }),
    }),
    ...(step.kind === 'raw' && { raw: fill(step.text, variables) }),
  };
}

type Variables = Readonly<Record<string, string | number>>;

function content(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  variables: Variables,
): Pick<Outgoing, 'does' | 'text'> & Pick<Prepared, 'asked'> {
  switch (step.kind) {
    case 'listen': {
      const resumed = run.lives.findLast(({ of }) => of.name === step.resume && of.kind === 'send');
      const nonce = resumed?.record().asked.nonce;
      return {
        does: 'listen',
        asked: { kind: 'get', ...(nonce !== undefined && resumed?.actor === actor.name && { nonce }) },
      };
    }
    case 'delete':
      return { does: 'end', asked: { kind: 'delete' } };
    case 'raw':
      return { does: 'message', asked: { kind: requestKindOf(step) } };
    case 'post':
      return { does: 'message', text: fill(step.body, variables), asked: { kind: requestKindOf(step) } };
    case 'open':
      return rpc('initialize', initializeParams(step.revision ?? run.facts.revision), actor.nextRpcId++);
    case 'notify': {
      const params = step.params === undefined ? undefined : fillJson(step.params, variables);
      const text = JSON.stringify({
        jsonrpc: '2.0',
        method: step.method,
        ...(params !== undefined && { params }),
      });
      return { does: 'message', text, asked: { kind: 'notification', method: step.method } };
    }
    case 'send':
      return sendContent(step, actor, run, variables);
  }
}

function sendContent(
  step: Extract<ExchangeStep, { kind: 'send' }>,
  actor: Actor,
  run: CheckRun,
  variables: Variables,
) {
  const { probe, shows, nonced } = resolveProbe(step, run.facts);
  const nonce = step.nonce || nonced ? draw(run.random, hexDigits, 16) : undefined;
  const all = { ...variables, ...(nonce !== undefined && { nonce }) };
  const params =
    probe.method === 'initialize' && probe.params === undefined
      ? initializeParams(run.facts.revision)
      : probe.params;
  const id =
    step.rpcId === undefined
      ? actor.nextRpcId++
      : typeof step.rpcId === 'string'
        ? fill(step.rpcId, all)
        : step.rpcId;
  const built = rpc(fill(probe.method, all), params === undefined ? undefined : fillJson(params, all), id);
  return {
    ...built,
    asked: { ...built.asked, ...(nonce !== undefined && { nonce }), ...(shows !== undefined && { shows }) },
  };
}

function rpc(method: string, params: Json | undefined, id: number | string) {
  return {
    does: 'message' as const,
    text: JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) }),
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

function revisionOf({ revisionHeader }: ExchangeStep, { revision }: Actor): string | undefined {
  if (revisionHeader.kind === 'text') return revisionHeader.text;
  return revisionHeader.kind === 'none' ? undefined : revision;
}

/** The first event of another step's stream. */
function resumption(step: ExchangeStep, { lives }: CheckRun): string | undefined {
  if (step.kind !== 'listen' || step.resume === undefined) return undefined;
  const resumed = lives.findLast(({ of }) => of.name === step.resume);
  const id = eventsOf(resumed?.call.snapshot()).find((event) => event.id !== undefined)?.id;
  if (id === undefined) throw new Unalterable(`no event of ${step.resume} carries an id`);
  return id;
}
