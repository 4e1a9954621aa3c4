import type { Outgoing } from '../model/carrier.js';
import { declaredIn, responseTo, type ClientCapability } from '../model/client-capabilities.js';
import type { Facts } from '../model/facts.js';
import type { Json, Probe } from '../model/request.js';
import { isObject, parseJson } from '../model/json.js';
import { requestKindOf } from '../model/request-kind.js';
import { asModern, discoverMethod, metaOf, withMeta } from '../model/modern.js';
import { modernRevision, sessionRevisions, type Revision } from '../model/revision.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, filledJson, textOf, type ValueOf } from '../model/template.js';
import type { Asked } from '../model/transcript.js';
import { version } from '../version.js';
import { requestTo } from './asked.js';
import type { Actor, CheckRun } from './check-run.js';
import { withOwnCookie } from './cookie.js';
import { asChosen } from './handles.js';
import { Unalterable } from './ids.js';
import { resolveProbe } from './probes.js';

/** What a step says, and what the judge must know of it. */
export function content(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  valueOf: ValueOf,
): Pick<Outgoing, 'does' | 'text'> & { readonly asked: Omit<Asked, 'session' | 'own'> } {
  switch (step.kind) {
    case 'listen': {
      const resumed = run.lives.findLast(({ of }) => of.name === step.resume && of.kind === 'send');
      // What another session reads there is not its own.
      const own = resumed?.actor === actor.name ? resumed : undefined;
      const nonce = own?.record().asked.nonce;
      return {
        does: 'listen',
        asked: {
          kind: 'get',
          ...(nonce !== undefined && { nonce }),
          ...(own?.rpcId !== undefined && { resumes: own.rpcId }),
        },
      };
    }
    case 'delete':
      return { does: 'end', asked: { kind: 'delete' } };
    case 'raw':
      return { does: 'message', asked: { kind: requestKindOf(step) } };
    case 'post':
      return { does: 'message', text: filledBody(step.body, valueOf), asked: { kind: requestKindOf(step) } };
    case 'open':
      if (actor.modern)
        return rpcRequest(discoverMethod, framed(undefined, step, actor, valueOf), actor.nextRpcId++);
      return rpcRequest(
        'initialize',
        withOwnMeta(initializeParams(revisionAsked(step.revision, run.facts), step.declares), step, valueOf),
        actor.nextRpcId++,
      );
    case 'answer': {
      const asked = requestTo(step.asked, run);
      if (asked === undefined) throw new Unalterable(`the server asked ${step.asked} for nothing`);
      const { rpcId, method } = asked;
      const text = responseTo(asked, textOf(valueOf('nonce') ?? ''));
      return {
        does: 'message',
        text,
        asked: { kind: 'notification', answers: { rpcId, method, of: step.asked } },
      };
    }
    case 'notify': {
      const params = withOwnMeta(
        step.params === undefined ? undefined : filledJson(step.params, valueOf),
        step,
        valueOf,
      );
      const text = JSON.stringify({
        jsonrpc: '2.0',
        method: step.method,
        ...(params !== undefined && { params }),
      });
      return { does: 'message', text, asked: { kind: 'notification', method: step.method } };
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
  const { probe: found, shows, count, handle } = resolveProbe(step, run.facts);
  const probe = asChosen(step, found);
  const params = withToken(
    probe.method === 'initialize' && probe.params === undefined
      ? initializeParams(actor.modern ? modernRevision : sessionRevisionOf(run.facts))
      : probe.params,
    step.progressToken,
  );
  const id =
    step.rpcId === undefined
      ? actor.nextRpcId++
      : typeof step.rpcId === 'string'
        ? filled(step.rpcId, valueOf)
        : step.rpcId;
  const built = rpcRequest(
    filled(probe.method, valueOf),
    framed(
      withOwnCookie(params === undefined ? undefined : filledJson(params, valueOf), step, actor, run),
      step,
      actor,
      valueOf,
    ),
    id,
  );
  return {
    ...built,
    asked: {
      ...built.asked,
      ...(shows !== undefined && { shows }),
      ...(count && { count }),
      ...(handle && { handle }),
      ...(step.method === 'probe.ask' && { asks: true as const }),
    },
  };
}

/** The parameters as a client of its era sends them, but for what the step wants otherwise. */
function framed(
  params: Json | undefined,
  step: ExchangeStep,
  { modern }: Actor,
  valueOf: ValueOf,
): Json | undefined {
  const own = modern ? withMeta(params, metaOf(initializeParams(modernRevision))) : params;
  return withOwnMeta(own, step, valueOf);
}

/** What a step puts into `_meta`, and takes out of it. */
function withOwnMeta(params: Json | undefined, { meta }: ExchangeStep, valueOf: ValueOf): Json | undefined {
  if (meta === undefined) return params;
  const { _meta: given, ...rest } = isObject(params) ? params : { _meta: {} };
  if (meta === 'none') return rest;
  const all = { ...(isObject(given) && given), ...meta };
  const kept = Object.entries(all).filter(([, value]) => value !== null);
  return { ...rest, _meta: filledJson(Object.fromEntries(kept), valueOf) };
}

/** Asks for progress under a token of the step, where that has one. */
function withToken(params: Json | undefined, progressToken: string | undefined): Json | undefined {
  if (progressToken === undefined) return params;
  const [own, meta] = [isObject(params) ? params : {}, isObject(params) ? params['_meta'] : undefined];
  return { ...own, _meta: { ...(isObject(meta) && meta), progressToken } };
}

/** In a body that is JSON a value stands as JSON, so that it cannot end the text that it stands in. */
function filledBody(body: string, valueOf: ValueOf): string {
  const json = parseJson(body);
  return json !== undefined && JSON.stringify(json) === body
    ? JSON.stringify(filledJson(json, valueOf))
    : filled(body, valueOf);
}

function rpcRequest(method: string, params: Json | undefined, id: number | string) {
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

/** What a client of a revision asks first. */
export function firstRequest(revision: Revision): Probe {
  const hello = initializeParams(revision);
  return revision === modernRevision
    ? asModern({ method: discoverMethod }, hello)
    : { method: 'initialize', params: hello };
}

/** Where the run is of the revision without sessions, an initialize asks for the newest that has some. */
function sessionRevisionOf({ revision }: Facts): Revision {
  return revision === modernRevision ? sessionRevisions[0] : revision;
}

export function initializeParams(revision: string, declares: readonly ClientCapability[] = []): Json {
  return {
    protocolVersion: revision,
    capabilities: declaredIn(revision, declares),
    clientInfo: { name: 'sessionspec', version },
  };
}

function revisionAsked(wanted: Revision | 'other' | undefined, { revision, negotiates }: Facts): string {
  if (wanted !== 'other') return wanted ?? revision;
  const other = negotiates?.findLast((one) => one !== revision);
  if (other === undefined) throw new Unalterable('the target negotiates no other revision');
  return other;
}
