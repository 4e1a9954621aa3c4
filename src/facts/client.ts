import type { Json, Probe } from '../model/request.js';
import { eventsOf, type Reply, type StreamEvent } from '../model/reply.js';
import { idsNamed } from '../model/session-id.js';
import { isObject, type JsonObject } from '../model/json.js';
import { limitIn } from '../model/limit.js';
import { mirroredIn, type Mirrored } from '../model/mirrored.js';
import { asModern, discoverMethod, speaksModern, versionsIn } from '../model/modern.js';
import { modernRevision } from '../model/revision.js';
import { isAnsweredBy, negotiatedIn, type RpcId } from '../model/message.js';
import { defaultLimits, type Call, type Carrier, type Ended, type Outgoing } from '../model/carrier.js';
import { answered, keyOf, probeMessage, type Answer } from './answer.js';
import type { ClientOptions } from './client-options.js';

/** A plain client for finding facts: one connection, one session, answers read without judging them. */
export interface ProbeClient {
  readonly session?: string;
  readonly opening: Reply;
  /** It was refused for load at first. */
  readonly hasWaited: boolean;
  readonly result?: JsonObject;
  /** What the target negotiated. */
  readonly negotiated?: string;
  readonly request: (probe: Probe, options?: RequestOptions) => Promise<Answer>;
  readonly delete: (options?: RequestOptions) => Promise<Reply>;
  /** Opens a stream by GET and leaves it open, without a head too where none has come in time; undefined where that may not be asked any more. */
  readonly listen: (options?: RequestOptions) => Promise<Call | undefined>;
  /** Sends a request and waits for nothing, since the server may ask something before it answers. */
  readonly begin: (probe: Probe, options?: RequestOptions) => Promise<Begun | undefined>;
  /** Sends a response of the client. */
  readonly respond: (text: string) => Promise<Reply>;
  /** How requests were answered that got a result, by the method, and of calls by the tool. */
  readonly forms: () => ReadonlyMap<string, Form>;
  /** What tools that were listed want in header fields. */
  readonly mirrored: () => Mirrored;
  /** How long each answer with a result took. */
  readonly answeredMs: readonly number[];
  /** How its process ended by itself, on a carrier that has one. */
  readonly ended: () => Ended | undefined;
  readonly close: () => Promise<void>;
}

/** A request under way. */
export interface Begun {
  readonly call: Call;
  /** What came of it, read as it stands now. */
  readonly answer: () => Omit<Answer, 'reply' | 'tookMs'>;
}

/** Whether an answer was a stream, and one with ids. */
export interface Form {
  readonly isStream: boolean;
  readonly withIds: boolean;
}

export interface RequestOptions {
  /** On a connection of its own, over this carrier. */
  readonly over?: Carrier;
  /** Leaves the session id out. */
  readonly withoutId?: boolean;
  /** In a batch, alone. */
  readonly batch?: boolean;
  /** Keeps all of a long body, which is read and not recorded. */
  readonly whole?: true;
  /** It takes its time on purpose, which tells nothing about the target. */
  readonly slow?: boolean;
  /** Without the cookie of a data-layer session. */
  readonly cookie?: 'none';
  readonly timeoutMs?: number;
}

/** An answer that was lost once says nothing of the target. */
const droppedMax = 2;

/** Another failure to connect is no matter of chance. */
function isLost(reply: Reply): boolean {
  return reply.kind === 'dropped' && (reply.code === 'ECONNRESET' || reply.code === 'CLOSED');
}

/**
 * Opens a session by a full handshake, or at the revision without sessions asks what the target speaks. Never rejects: a target that
 * does not answer so has no `result`.
 */
export async function openClient(
  revision: string,
  initialize: Json,
  {
    carrier,
    timeoutMs,
    timeScale,
    turn,
    clock,
    called,
    mirrored,
    headers: added,
    issued,
    room,
  }: ClientOptions,
): Promise<ProbeClient> {
  const connection = carrier.connect();
  const isModern = revision === modernRevision;
  const said = (probe: Probe) => (isModern ? asModern(probe, initialize) : probe);
  let silences = 0;
  const send = async (what: What, options: RequestOptions = {}) => {
    let sent = await sendOnce(what, options);
    for (let again = 0; isLost(sent.reply) && again < droppedMax; again += 1)
      sent = await sendOnce(what, options);
    return sent;
  };
  const sendOnce = async (what: What, options: RequestOptions = {}) => {
    const sent = carrier.frame({ ids: [], ...what, added });
    // What the carrier has no words for is not asked.
    if ('because' in sent || (await turn()) !== undefined) return { reply: unasked, tookMs: 0, earlier: [] };
    const own = options.over?.connect();
    const { nowMs, stalledMs } = clock;
    const [startedMs, stalledBeforeMs] = [nowMs(), stalledMs()];
    const share = silences >= silencesMax ? soonShare : 1;
    const withinMs = ((options.timeoutMs ?? timeoutMs) * timeScale) / share;
    const { id } = what;
    const until = id === undefined ? 'end' : (event: StreamEvent) => isAnsweredBy(event, id);
    const call = (own ?? connection).send(sent, {
      timeoutMs: withinMs,
      until,
      ...(what.isOpening && room && { room }),
      ...(options.whole && { bodyKeptBytes: defaultLimits.bodyMaxBytes }),
    });
    const reply = await call.settled;
    silences = reply.kind === 'timeout' ? silences + 1 : 0;
    // A target works on while we stand still: to take it for slower than it is only makes deadlines longer.
    const tookMs = nowMs() - (call.startedMs?.() ?? startedMs) + stalledMs() - stalledBeforeMs;
    await own?.close();
    return { reply, tookMs, earlier: call.earlier?.() };
  };
  const { reply: opening, earlier = [] } = await send({
    ...probeMessage(
      1,
      said(isModern ? { method: discoverMethod } : { method: 'initialize', params: initialize }),
    ),
    ...(isModern ? { revision, modern: true } : { isOpening: true }),
  });
  const { result } = answered(opening, 1);
  // What comes to a client without sessions under the name of an id opens none.
  const [session] = isModern ? [] : idsNamed(opening, carrier.idPlace);
  if (session !== undefined) issued?.(session);
  const negotiated = isModern ? modernIn(opening) : result && negotiatedIn(opening);
  const spoken = negotiated ?? revision;
  const own = ({
    withoutId,
  }: RequestOptions): Pick<Outgoing, 'ids' | 'revision' | 'modern' | 'mirrored'> => ({
    ...(isModern && { modern: true, mirrored }),
    ids: session === undefined || withoutId === true ? [] : [session],
    ...(spoken !== '2025-03-26' && { revision: spoken }),
  });
  if (result !== undefined && !isModern) {
    const text = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
    // There is nothing to work out, and a target that hangs from here on must be given up within 15 s in all.
    await send({ does: 'message', text, ...own({}) }, { timeoutMs: completionMs });
  }
  let id = 1;
  const next = (probe: Probe) => {
    id += 1;
    const { params } = probe;
    if (probe.method === 'tools/call' && isObject(params)) called.add(params['name']);
    return probeMessage(id, said(probe));
  };
  const answeredMs: number[] = [];
  const forms = new Map<string, Form>();
  return {
    opening,
    hasWaited: earlier.some((one) => limitIn(one, 0) !== undefined),
    ...(session !== undefined && { session }),
    ...(result !== undefined && { result }),
    ...(negotiated !== undefined && { negotiated }),
    answeredMs,
    mirrored: () => new Map(mirrored),
    forms: () => forms,
    async request(probe, options = {}) {
      const what = next(probe);
      const text = options.batch ? `[${what.text}]` : what.text;
      const { reply, tookMs } = await send({ ...what, text, ...own(options) }, options);
      const answer = answered(reply, what.id);
      if (isModern && probe.method === 'tools/list')
        for (const [name, wanted] of mirroredIn(answer.result)) mirrored.set(name, wanted);
      if (answer.result !== undefined && reply.kind === 'response')
        forms.set(keyOf(probe), {
          isStream: reply.content.kind === 'stream',
          withIds: eventsOf(reply).some((event) => event.id !== undefined),
        });
      if (answer.result !== undefined && !options.slow) answeredMs.push(tookMs);
      return { reply, tookMs, ...answer };
    },
    async begin(probe, options = {}) {
      const what = next(probe);
      const sent = carrier.frame({ ...what, ...own(options), added });
      if ('because' in sent || (await turn()) !== undefined) return undefined;
      const call = connection.send(sent, {
        timeoutMs: (options.timeoutMs ?? timeoutMs) * timeScale,
        until: (event) => isAnsweredBy(event, what.id),
      });
      return { call, answer: () => answered(call.snapshot(), what.id) };
    },
    respond: async (text) =>
      (await send({ does: 'message', text, ...own({}) }, { timeoutMs: completionMs })).reply,
    delete: async (options = {}) => (await send({ does: 'end', ...own(options) }, options)).reply,
    async listen(options = {}) {
      const sent = carrier.frame({ does: 'listen', ...own(options), added });
      if ('because' in sent || (await turn()) !== undefined) return undefined;
      const withinMs = (options.timeoutMs ?? timeoutMs) * timeScale;
      const call = connection.send(sent, { timeoutMs: headTimesMax * withinMs, until: 'head' });
      if (await call.waitFor(({ kind }) => kind === 'response', withinMs)) await call.settled;
      return call;
    },
    ended: () => connection.ended?.(),
    close: () => connection.close(),
  };
}

/** A client that got no answer so often, one time after the other, waits for a part of the time until it gets one. */
const silencesMax = 2;
const soonShare = 4;

function modernIn(opening: Reply): string | undefined {
  return speaksModern(versionsIn(opening, 1)) ? modernRevision : undefined;
}

const completionMs = 1_500;

/** A stream without a head is left open for so many times as long, because the first event may bring it. */
const headTimesMax = 4;

const unasked: Reply = { kind: 'aborted', afterMs: 0 };

/** What a client says, with the id of the request in it, if one is. */
type What = Pick<Outgoing, 'does' | 'text' | 'revision' | 'modern'> &
  Partial<Pick<Outgoing, 'ids'>> & { readonly id?: RpcId; readonly isOpening?: true };
