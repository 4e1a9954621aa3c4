import { cached } from './cached.js';
import { isSuccess, replyHeader, type Content, type Reply, type StreamEvent } from './reply.js';
import { isList, isObject, parseJson, type JsonObject } from './json.js';
import type { Json } from './facts.js';

/** The number 1 and the text "1" are two ids. */
export type RpcId = number | string;

/** A JSON-RPC error; what of it could not be read is `NaN` or empty. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
}

/** One JSON value of a reply, what it is to JSON-RPC, and where it stood. Members of a batch are values of their own. */
export type Message = Meaning & {
  readonly value: Json;
  readonly origin: Content['kind'];
  readonly eventId?: string;
  /** When its event came. */
  readonly atMs?: number;
};

type Meaning =
  | { readonly kind: 'request'; readonly method: string; readonly id: Json }
  | { readonly kind: 'notification'; readonly method: string }
  | {
      readonly kind: 'response';
      readonly id: Json | undefined;
      readonly result?: Json;
      readonly error?: RpcError;
      /** It names its version and has a result or an error that is one: otherwise it answers nothing. */
      readonly valid: boolean;
    }
  | { readonly kind: 'other' };

export type Response = Extract<Message, { readonly kind: 'response' }>;

/** Every message of a reply, in order of arrival. */
export function messagesIn(reply: Reply | undefined): readonly Message[] {
  return reply?.kind === 'response' ? inContent(reply.content) : [];
}

/** The messages of one event, without looking at those before it. */
export const messagesOf = cached((event: StreamEvent): readonly Message[] =>
  readMessages(event.data, {
    origin: 'stream',
    atMs: event.atMs,
    ...(event.id !== undefined && { eventId: event.id }),
  }),
);

// What came never changes, and is looked at by several predicates under several profiles.
const inContent = cached((content: Content): readonly Message[] =>
  content.kind === 'body'
    ? readMessages(content.text, { origin: 'body' })
    : content.events.flatMap(messagesOf),
);

/** All text of a reply: the body, or the data of each event. */
export function textsOf(reply: Reply | undefined): readonly string[] {
  if (reply?.kind !== 'response') return [];
  const { content } = reply;
  return content.kind === 'body' ? [content.text] : content.events.map(({ data }) => data);
}

/** The response to a request: it has the request's id, or is an error that could not tell the id. Without an id any response is. */
export function answerTo(reply: Reply | undefined, id: RpcId | undefined): Response | undefined {
  return messagesIn(reply).find((message): message is Response => isAnswer(message, id));
}

/** The same of an exchange and its own request. */
export function answerOf(exchange: {
  readonly reply: Reply;
  readonly asked: { readonly rpcId?: RpcId };
}): Response | undefined {
  return answerTo(exchange.reply, exchange.asked.rpcId);
}

/** True for the event that carries the response. */
export function isAnsweredBy(event: StreamEvent, id: RpcId): boolean {
  return messagesOf(event).some((message) => isAnswer(message, id));
}

function isAnswer(message: Message, id: RpcId | undefined): boolean {
  if (message.kind !== 'response' || !message.valid) return false;
  return (
    id === undefined ||
    message.id === id ||
    (message.error !== undefined && (message.id === undefined || message.id === null))
  );
}

/** The revision that an InitializeResult names. What could not stand in a header field is no revision. */
export function negotiatedIn(reply: Reply | undefined): string | undefined {
  for (const message of messagesIn(reply)) {
    if (message.kind !== 'response' || !isObject(message.result)) continue;
    const revision = message.result['protocolVersion'];
    if (typeof revision === 'string' && /^[\x21-\x7e]{1,40}$/.test(revision)) return revision;
  }
  return undefined;
}

/** The ids of the pings that a server sends to see whether its client is there. They say nothing else. */
export function pingsIn(messages: readonly Message[]): readonly RpcId[] {
  return messages.flatMap((message) =>
    message.kind === 'request' &&
    message.method === 'ping' &&
    (typeof message.id === 'number' || typeof message.id === 'string')
      ? [message.id]
      : [],
  );
}

/**
 * True for an event that says something: it does more than carry an id, and more than ping. Clients read over an event of another
 * name that has no message in it; that is how servers keep a connection in use.
 */
export function saysSomething(event: StreamEvent): boolean {
  if (event.data === '') return false;
  const messages = messagesOf(event);
  const isNamed = event.event !== undefined && event.event !== 'message';
  if (isNamed && messages.every(({ kind }) => kind === 'other')) return false;
  return messages.length === 0 || pingsIn(messages).length < messages.length;
}

/** A tool that failed says so inside a result. */
export function isToolError(result: Json | undefined): boolean {
  return isObject(result) && result['isError'] === true;
}

/** What a tool answered that failed. */
export function toolErrorOf(exchange: {
  readonly reply: Reply;
  readonly asked: { readonly method?: string; readonly rpcId?: RpcId };
}): Json | undefined {
  const result = exchange.asked.method === 'tools/call' ? answerOf(exchange)?.result : undefined;
  return isToolError(result) ? result : undefined;
}

/** Whether a text stands in what came: as it was sent, or as it reads once JSON is taken apart. */
export function hasText({ reply }: { readonly reply: Reply }, wanted: string): boolean {
  return (
    textsOf(reply).some((text) => text.includes(wanted)) ||
    messagesIn(reply).some(({ value }) => stringsIn(value).some((text) => text.includes(wanted)))
  );
}

/** The texts in a value, its names included; by a stack of its own, because a target can nest deeper than calls may. */
function stringsIn(root: Json): readonly string[] {
  const found: string[] = [];
  const left: Json[] = [root];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === 'string') found.push(value);
    else if (isList(value)) for (const item of value) left.push(item);
    else if (isObject(value))
      for (const [name, item] of Object.entries(value)) {
        found.push(name);
        left.push(item);
      }
  }
  return found;
}

/** The first text item of a result, wherever in it that stands. */
export function firstText(root: Json | undefined): string | undefined {
  const left: (Json | undefined)[] = [root];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (isObject(value) && typeof value['text'] === 'string') return value['text'];
    const inner = isList(value) ? value : isObject(value) ? Object.values(value) : [];
    for (const item of inner.toReversed()) left.push(item);
  }
  return undefined;
}

/** What a Content-Type promises: the media type in lower case, without its parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

export type Form = 'json' | 'event-stream' | 'other' | 'nothing';

/** What the head of a reply promises of its body. */
export function promised(reply: Reply): Form {
  const [type] = replyHeader(reply, 'content-type');
  if (type === undefined) return 'nothing';
  return forms[mediaType(type)] ?? 'other';
}

const forms: Readonly<Record<string, Form>> = {
  'application/json': 'json',
  'text/event-stream': 'event-stream',
};

/** What the body of a reply is, apart from what its head promised. */
export function formOf(reply: Reply): Form {
  if (reply.kind !== 'response') return 'nothing';
  const { content } = reply;
  if (content.kind === 'stream')
    return content.events.length > 0 ? 'event-stream' : (content.stray ?? 'nothing');
  if (content.bytes === 0) return 'nothing';
  if (inContent(content).length > 0 || parseJson(content.text) !== undefined) return 'json';
  return /^\s*(data|event|id|retry|):/.test(content.text) ? 'event-stream' : 'other';
}

/** The answer is there, under a media type that keeps every client from reading it: events, called JSON, or JSON, called events. */
export function isMislabelled(reply: Reply | undefined): boolean {
  if (reply === undefined || !isSuccess(reply)) return false;
  const [promise, form] = [promised(reply), formOf(reply)];
  return (promise === 'json' && form === 'event-stream') || (promise === 'event-stream' && form === 'json');
}

function readMessages(text: string, came: Pick<Message, 'origin' | 'eventId' | 'atMs'>): readonly Message[] {
  const value = parseJson(text);
  if (value === undefined) return [];
  const messages: Message[] = [];
  for (const one of isList(value) ? value : [value])
    messages.push({ ...meaningOf(one), value: one, ...came });
  return messages;
}

function meaningOf(value: Json): Meaning {
  if (!isObject(value)) return { kind: 'other' };
  const { method, id, result } = value;
  if (typeof method === 'string')
    return id === undefined ? { kind: 'notification', method } : { kind: 'request', method, id };
  if (method !== undefined || (result === undefined && value['error'] === undefined))
    return { kind: 'other' };
  const error = result === undefined ? readError(value) : undefined;
  return {
    kind: 'response',
    id,
    ...(result !== undefined && { result }),
    ...(error !== undefined && { error }),
    valid: value['jsonrpc'] === '2.0' && (result !== undefined || error !== undefined),
  };
}

function readError({ error }: JsonObject): RpcError | undefined {
  if (!isObject(error)) return undefined;
  const { code, message } = error;
  return {
    code: typeof code === 'number' ? code : Number.NaN,
    message: typeof message === 'string' ? message : '',
  };
}
