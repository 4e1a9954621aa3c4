import type { Json, Probe } from '../model/facts.js';
import { headerValues, type Header, type Reply, type SseEvent } from '../model/http.js';
import { isObject, type JsonObject } from '../model/json.js';
import { answerTo, isAnsweredBy, messagesIn, negotiatedIn, textsOf, type RpcId } from '../model/message.js';
import type { Call, Turn, Wire } from '../model/wire.js';

/** A plain client for finding facts: one connection, one session, answers read without judging them. */
export interface Client {
  readonly session?: string;
  readonly opening: Reply;
  readonly result?: JsonObject;
  /** What the target negotiated. */
  readonly negotiated?: string;
  readonly request: (probe: Probe, options?: RequestOptions) => Promise<Answer>;
  readonly delete: (options?: RequestOptions) => Promise<Reply>;
  /** Opens a stream by GET and leaves it open; undefined where that may not be asked any more. */
  readonly listen: (options?: RequestOptions) => Promise<Call | undefined>;
  /** How long the slowest answer with a result took. */
  readonly slowestMs: () => number;
  readonly close: () => Promise<void>;
}

export interface RequestOptions {
  /** On a connection of its own, over this wire. */
  readonly over?: Wire;
  /** Leaves the session id out. */
  readonly withoutId?: boolean;
  /** In a batch, alone. */
  readonly batch?: boolean;
  /** It takes its time on purpose, which tells nothing about the target. */
  readonly slow?: boolean;
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly reply: Reply;
  readonly tookMs: number;
  /** All that came, unread. */
  readonly text: string;
  readonly result?: JsonObject;
  /** Some message of it is an error, whosever. */
  readonly isError: boolean;
}

interface ClientOptions {
  readonly wire: Wire;
  readonly timeoutMs: number;
  /** Multiplies every time given here and with a request. */
  readonly timeScale: number;
  readonly turn: Turn;
  /** Added to every request: credentials and the like. */
  readonly headers: readonly Header[];
}

/** Opens a session by a full handshake. Never rejects: a target that does not answer so has no `result`. */
export async function openClient(
  revision: string,
  initialize: Json,
  { wire, timeoutMs, timeScale, turn, headers: added }: ClientOptions,
): Promise<Client> {
  const connection = wire.connect();
  const send = async (
    method: string,
    headers: readonly Header[],
    { body, id }: Content,
    options: RequestOptions = {},
  ) => {
    if ((await turn()) !== undefined) return { reply: { kind: 'aborted', afterMs: 0 } as const, tookMs: 0 };
    const own = options.over?.connect();
    const startedMs = performance.now();
    const withinMs = (options.timeoutMs ?? timeoutMs) * timeScale;
    const request = { method, headers: [...headers, ...added], ...(body !== undefined && { body }) };
    const until = id === undefined ? 'end' : (event: SseEvent) => isAnsweredBy(event, id);
    const reply = await (own ?? connection).send(request, { timeoutMs: withinMs, until }).settled;
    const tookMs = performance.now() - startedMs;
    await own?.close();
    return { reply, tookMs };
  };
  const hello = rpc(1, { method: 'initialize', params: initialize });
  const { reply: opening } = await send('POST', postFields, hello);
  const { result } = read(opening, 1);
  const [session] = opening.kind === 'response' ? headerValues(opening.headers, 'mcp-session-id') : [];
  const negotiated = result === undefined ? undefined : negotiatedIn(opening);
  const spoken = negotiated ?? revision;
  const fields = ({ withoutId }: RequestOptions): readonly Header[] => [
    ...(spoken === '2025-03-26' ? [] : [['MCP-Protocol-Version', spoken] as const]),
    ...(session === undefined || withoutId === true ? [] : [['Mcp-Session-Id', session] as const]),
  ];
  if (result !== undefined) {
    await send(
      'POST',
      [...postFields, ...fields({})],
      { body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }) },
      // There is nothing to work out, and a target that hangs from here on must be given up within 15 s in all.
      { timeoutMs: timeoutMs / 2 },
    );
  }
  let id = 1;
  let slowestMs = 0;
  return {
    opening,
    ...(session !== undefined && { session }),
    ...(result !== undefined && { result }),
    ...(negotiated !== undefined && { negotiated }),
    slowestMs: () => slowestMs,
    async request(probe, options = {}) {
      const own = (id += 1);
      const alone = rpc(own, probe);
      const content = options.batch ? { ...alone, body: `[${alone.body}]` } : alone;
      const { reply, tookMs } = await send('POST', [...postFields, ...fields(options)], content, options);
      const answer = read(reply, own);
      if (answer.result !== undefined && !options.slow) slowestMs = Math.max(slowestMs, tookMs);
      return { reply, tookMs, ...answer };
    },
    delete: async (options = {}) => (await send('DELETE', fields(options), {}, options)).reply,
    async listen(options = {}) {
      if ((await turn()) !== undefined) return undefined;
      const accept: Header = ['Accept', 'text/event-stream'];
      const request = { method: 'GET', headers: [accept, ...fields(options), ...added] };
      const withinMs = (options.timeoutMs ?? timeoutMs) * timeScale;
      const call = connection.send(request, { timeoutMs: withinMs, until: 'head' });
      await call.settled;
      return call;
    },
    close: () => connection.close(),
  };
}

const postFields: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json, text/event-stream'],
];

interface Content {
  readonly body?: string;
  /** Of the request in it, if one is. */
  readonly id?: RpcId;
}

function rpc(id: RpcId, { method, params }: Probe) {
  const body = JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
  return { id, body };
}

function read(reply: Reply, id: RpcId): Omit<Answer, 'reply' | 'tookMs'> {
  const result = answerTo(reply, id)?.result;
  return {
    text: textsOf(reply).join('\n'),
    ...(isObject(result) && { result }),
    isError: messagesIn(reply).some((message) => message.kind === 'response' && message.result === undefined),
  };
}
