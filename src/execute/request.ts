import type { Outgoing } from '../model/carrier.js';
import type { Sent } from '../model/framing.js';
import type { Facts, Json } from '../model/facts.js';
import { eventsOf, replyHeader } from '../model/reply.js';
import type { Asked } from '../model/transcript.js';
import type { Revision } from '../model/revision.js';
import { requestKindOf } from '../model/request-kind.js';
import { isObject, parseJson } from '../model/json.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, filledJson, type ValueOf } from '../model/template.js';
import { version } from '../version.js';
import { chosenIds, Unalterable } from './ids.js';
import { nodeOf, type Actor, type CheckRun } from './check-run.js';
import { draw, hexDigits } from './random.js';
import { resolveProbe } from './probes.js';
import { encoded, expectedValues, filledLine, valuesOf } from './values.js';

/** A request ready for its carrier, and what the judge must know of it. Ids are raw here. */
export interface Prepared {
  readonly sent: Sent;
  readonly asked: Omit<Asked, 'session' | 'own'>;
  /** How much longer than other answers this one may take, as when it was tried. */
  readonly takesMs: number;
}

/** Builds the request of a step for an actor. Throws `Unalterable` where it cannot be made as it is meant. */
export function prepare(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  iteration: number | undefined,
  node: number,
): Prepared {
  const nonce = nonceOf(step, run);
  const valueOf = valuesOf(step, actor, run, { iteration, nonce, node });
  const { does, text, asked } = content(step, actor, run, valueOf);
  const ids = chosenIds(step.session, actor.session, run, valueOf);
  const wrote = wordsWritten(step, actor, run, { ids, nonce });
  const values = expectedValues(step, valueOf);
  const revision = revisionOf(step, actor);
  const resumes = resumption(step, run);
  if (step.kind === 'send' && step.abort.startsWith('in-') && nodeOf(run, node).address.kind !== 'http')
    throw new Unalterable('a line has no head and no body');
  const http = wantedOfHttp(step, run, valueOf);
  return {
    takesMs: takesMsOf(step, run),
    asked: {
      ...asked,
      ...(nonce !== undefined && { nonce }),
      ...(wrote && { wrote }),
      ...(values !== undefined && { values }),
    },
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

function wantedOfHttp(step: ExchangeStep, run: CheckRun, valueOf: ValueOf): Outgoing['http'] {
  const cookies = step.cookies === undefined ? [] : [['Cookie', cookiesOf(step.cookies, run)] as const];
  const fields = [...Object.entries(step.headers), ...cookies];
  if (fields.length === 0 && step.query === undefined && step.kind !== 'raw') return undefined;
  return {
    headers: Object.fromEntries(
      fields.map(([name, value]) => [name, value === null ? null : filledLine(value, valueOf)]),
    ),
    ...(step.query !== undefined && {
      query: filled(step.query, (name) => encoded(valueOf(name))),
    }),
    ...(step.kind === 'raw' && { raw: filledLine(step.text, valueOf) }),
  };
}

/** As a browser would send them back: what stands before the first semicolon of each field. */
function cookiesOf(name: string, { lives }: CheckRun): string {
  const opened = lives.findLast(({ of, actor }) => of.kind === 'open' && actor === name);
  const set = replyHeader(opened?.call.snapshot(), 'set-cookie');
  if (set.length === 0) throw new Unalterable(`the target set no cookie when ${name} opened its session`);
  return set.map((cookie) => cookie.split(';')[0]?.trim() ?? '').join('; ');
}

/** A fresh word for a request that shall be told apart from all others. */
function nonceOf(step: ExchangeStep, run: CheckRun): string | undefined {
  if (step.kind !== 'send' || !(step.nonce || resolveProbe(step, run.facts).nonced)) return undefined;
  const nonce = draw(run.random, hexDigits, 16);
  run.nonces.push(nonce);
  return nonce;
}

function takesMsOf(step: ExchangeStep, { facts }: CheckRun): number {
  return step.kind === 'send' ? (resolveProbe(step, facts).probe.takesMs ?? 0) : 0;
}

/** What a reading of state may show; what is written now counts from the next one on. */
function wordsWritten(
  step: ExchangeStep,
  actor: Actor,
  { facts, written }: CheckRun,
  { ids, nonce }: { readonly ids: readonly string[]; readonly nonce: string | undefined },
): Asked['wrote'] {
  if (step.kind !== 'send') return undefined;
  const { shows, writes } = resolveProbe(step, facts);
  if (shows !== 'marks' && shows !== 'word') return undefined;
  // Without an id a request belongs to its client where no ids are issued, and to nobody else where they are.
  const session = ids.join() || (facts.issuesIds ? 'none' : actor.name);
  const own = written.get(session) ?? [];
  const others = [...written].flatMap(([of, words]) => (of === session ? [] : words));
  if (writes && nonce !== undefined) written.set(session, [...own, nonce]);
  return { own, others };
}

function content(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  valueOf: ValueOf,
): Pick<Outgoing, 'does' | 'text'> & Pick<Prepared, 'asked'> {
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
      return rpcRequest(
        'initialize',
        initializeParams(revisionAsked(step.revision, run.facts)),
        actor.nextRpcId++,
      );
    case 'notify': {
      const params = step.params === undefined ? undefined : filledJson(step.params, valueOf);
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
  const { probe, shows } = resolveProbe(step, run.facts);
  const params = withToken(
    probe.method === 'initialize' && probe.params === undefined
      ? initializeParams(run.facts.revision)
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
    params === undefined ? undefined : filledJson(params, valueOf),
    id,
  );
  return {
    ...built,
    asked: { ...built.asked, ...(shows !== undefined && { shows }) },
  };
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

export function initializeParams(revision: string): Json {
  return { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'sessionspec', version } };
}

function revisionAsked(wanted: Revision | 'other' | undefined, { revision, negotiates }: Facts): string {
  if (wanted !== 'other') return wanted ?? revision;
  const other = negotiates?.findLast((one) => one !== revision);
  if (other === undefined) throw new Unalterable('the target negotiates no other revision');
  return other;
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
