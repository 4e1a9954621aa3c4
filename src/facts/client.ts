import type { Json, Probe } from '../model/facts.js';
import { headerValues, type Header, type Reply, type SseEvent } from '../model/http.js';
import { isList, isObject, parseJson, type JsonObject } from '../model/json.js';
import {
  defaultLimits,
  type Call,
  type Connection,
  type SendOptions,
  type Turn,
  type Wire,
} from '../model/wire.js';

/** A plain client for finding facts: one connection, one session, answers read without judging them. */
export interface Client {
  readonly session?: string;
  readonly opening: Reply;
  readonly result?: JsonObject;
  readonly request: (probe: Probe, options?: RequestOptions) => Promise<Answer>;
  readonly delete: (options?: RequestOptions) => Promise<Reply>;
  /** Opens a stream by GET and leaves it open, without a head too where none has come in time; undefined where that may not be asked any more. */
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
  /** Keeps all of a long body, which is read and not recorded. */
  readonly whole?: true;
  /** It takes its time on purpose, which tells nothing about the target. */
  readonly slow?: boolean;
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly reply: Reply;
  readonly tookMs: number;
  readonly text: string;
  readonly result?: JsonObject;
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
    body: string | undefined,
    options: RequestOptions = {},
  ) => {
    if ((await turn()) !== undefined) return { reply: { kind: 'aborted', afterMs: 0 } as const, tookMs: 0 };
    const own = options.over?.connect();
    const startedMs = performance.now();
    const withinMs = (options.timeoutMs ?? timeoutMs) * timeScale;
    const reply = await exchange(own ?? connection, method, [...headers, ...added], body, {
      timeoutMs: withinMs,
      ...(options.whole && { bodyKeptBytes: defaultLimits.bodyMaxBytes }),
    });
    const tookMs = performance.now() - startedMs;
    await own?.close();
    return { reply, tookMs };
  };
  const { reply: opening } = await send(
    'POST',
    postFields,
    rpc(1, { method: 'initialize', params: initialize }),
  );
  const { result } = read(opening, 1);
  const [session] = opening.kind === 'response' ? headerValues(opening.headers, 'mcp-session-id') : [];
  const negotiated = typeof result?.['protocolVersion'] === 'string' ? result['protocolVersion'] : revision;
  const fields = ({ withoutId }: RequestOptions): readonly Header[] => [
    ...(negotiated === '2025-03-26' ? [] : [['MCP-Protocol-Version', negotiated] as const]),
    ...(session === undefined || withoutId === true ? [] : [['Mcp-Session-Id', session] as const]),
  ];
  if (result !== undefined) {
    await send(
      'POST',
      [...postFields, ...fields({})],
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
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
    slowestMs: () => slowestMs,
    async request(probe, options = {}) {
      const own = (id += 1);
      const { reply, tookMs } = await send(
        'POST',
        [...postFields, ...fields(options)],
        options.batch ? `[${rpc(own, probe)}]` : rpc(own, probe),
        options,
      );
      const answer = read(reply, own);
      if (answer.result !== undefined && !options.slow) slowestMs = Math.max(slowestMs, tookMs);
      return { reply, tookMs, ...answer };
    },
    delete: async (options = {}) => (await send('DELETE', fields(options), undefined, options)).reply,
    async listen(options = {}) {
      if ((await turn()) !== undefined) return undefined;
      const accept: Header = ['Accept', 'text/event-stream'];
      const request = { method: 'GET', headers: [accept, ...fields(options), ...added] };
      const withinMs = (options.timeoutMs ?? timeoutMs) * timeScale;
      const call = connection.send(request, { timeoutMs: headTimesMax * withinMs, until: 'head' });
      if (await call.waitFor(({ kind }) => kind === 'response', withinMs)) await call.settled;
      return call;
    },
    close: () => connection.close(),
  };
}

/** A stream without a head is left open for so many times as long, because the first event may bring it. */
const headTimesMax = 4;

const postFields: readonly Header[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json, text/event-stream'],
];

function rpc(id: number, { method, params }: Probe): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, ...(params !== undefined && { params }) });
}

function exchange(
  connection: Connection,
  method: string,
  headers: readonly Header[],
  body: string | undefined,
  bounds: Omit<SendOptions, 'until'>,
): Promise<Reply> {
  const until = body?.includes('"id"') === true ? isAnswer : 'end';
  return connection.send({ method, headers, ...(body !== undefined && { body }) }, { ...bounds, until })
    .settled;
}

function isAnswer({ data }: SseEvent): boolean {
  return data.includes('"jsonrpc"') && !data.includes('"method"');
}

function read(reply: Reply, id: number): { readonly text: string; readonly result?: JsonObject } {
  if (reply.kind !== 'response') return { text: '' };
  const texts =
    reply.content.kind === 'body' ? [reply.content.text] : reply.content.events.map(({ data }) => data);
  for (const text of texts) {
    const parsed = parseJson(text);
    for (const message of isList(parsed) ? parsed : [parsed]) {
      if (isObject(message) && message['id'] === id && isObject(message['result']))
        return { text: texts.join('\n'), result: message['result'] };
    }
  }
  return { text: texts.join('\n') };
}
