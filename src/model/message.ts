import { cachedWithin } from './cached.js';
import { codingOf, isCut, type Content, type Reply, type StreamEvent } from './reply.js';
import { isList, isObject, partsOf, readJson, type JsonObject } from './json.js';
import type { Json } from './request.js';

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
  return reply?.kind === 'response' ? readContent(reply.content).messages : [];
}

/** The messages of one event, without looking at those before it. */
export function messagesOf(event: StreamEvent): readonly Message[] {
  return readEvent(event).messages;
}

/** Why what came cannot be read: there is more than is kept, it nests too deep, or it is compressed. */
export function unread(reply: Reply): 'limit-reached' | 'compressed' | undefined {
  if (reply.kind !== 'response') return undefined;
  if (codingOf(reply) !== undefined) return 'compressed';
  return isCut(reply) || readContent(reply.content).isTooDeep ? 'limit-reached' : undefined;
}

/** What nests too deep has no messages, as what is cut off has none. */
interface Read {
  readonly messages: readonly Message[];
  readonly isTooDeep?: true;
}

// What came never changes, and is looked at by several predicates under several profiles. What was read takes several times the room of its
// text, so that it is not kept for all of a run.
const keptCharsMax = 4 << 20;
/** More than one stream may have, since who waits for an event looks at all that came before it. */
const eventsKeptCharsMax = 12 << 20;
/** What an event or a body costs besides its text. */
const leastChars = 100;

function charsOf(text: string, { messages }: Read): number {
  return leastChars + (messages.length === 0 ? 0 : text.length);
}

const readEvent = cachedWithin(
  eventsKeptCharsMax,
  ({ data }: StreamEvent, read: Read) => charsOf(data, read),
  ({ data, atMs, id }) =>
    readText(data, { origin: 'stream', atMs, ...(id !== undefined && { eventId: id }) }),
);

const readContent = cachedWithin(
  keptCharsMax,
  (content: Content, read: Read) =>
    content.kind === 'body' ? charsOf(content.text, read) : leastChars * (1 + content.events.length),
  (content) =>
    content.kind === 'body' ? readText(content.text, { origin: 'body' }) : readEvents(content.events),
);

function readEvents(events: readonly StreamEvent[]): Read {
  const read = events.map(readEvent);
  return {
    messages: read.flatMap(({ messages }) => messages),
    ...(read.some(({ isTooDeep }) => isTooDeep) && { isTooDeep: true }),
  };
}

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
function pingsIn(messages: readonly Message[]): readonly RpcId[] {
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
    messagesIn(reply).some(({ value }) => [...stringsIn(value)].some((text) => text.includes(wanted)))
  );
}

/** The texts in a value, its names included. */
function* stringsIn(root: Json): Generator<string> {
  for (const { value, name } of partsOf(root)) {
    if (name !== undefined) yield name;
    if (typeof value === 'string') yield value;
  }
}

/** The first text item of a result, wherever in it that stands. */
export function firstText(root: Json | undefined): string | undefined {
  for (const { value } of partsOf(root))
    if (isObject(value) && typeof value['text'] === 'string') return value['text'];
  return undefined;
}

function readText(text: string, came: Pick<Message, 'origin' | 'eventId' | 'atMs'>): Read {
  const read = readJson(text);
  if (read === undefined) return { messages: [] };
  if (read.isCut) return { messages: [], isTooDeep: true };
  const messages: Message[] = [];
  for (const one of isList(read.value) ? read.value : [read.value])
    messages.push({ ...meaningOf(one), value: one, ...came });
  return { messages };
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
