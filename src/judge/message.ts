import type { Json } from '../model/facts.js';
import { isList, isObject, parseJson } from '../model/json.js';
import type { Reply } from '../model/http.js';
import type { Exchange } from '../model/transcript.js';

/** A JSON-RPC response, as far as it could be read. */
export interface RpcAnswer {
  readonly result?: Json;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The response that answers the exchange's own request id, from a body or from any event of a stream. */
export function answerOf(exchange: Exchange): RpcAnswer | undefined {
  const wanted = exchange.asked.rpcId;
  for (const message of messagesOf(exchange)) {
    const answer = readAnswer(message);
    if (
      answer !== undefined &&
      (wanted === undefined || answer.id === wanted || (answer.error !== undefined && answer.id == null))
    ) {
      return answer;
    }
  }
  return undefined;
}

/** Everything in the reply that is JSON, in order of arrival; members of a batch one by one. */
export function messagesOf(exchange: Exchange): readonly Json[] {
  const known = parsed.get(exchange.reply);
  if (known !== undefined) return known;
  const messages = parseMessages(exchange);
  parsed.set(exchange.reply, messages);
  return messages;
}

/** A reply is looked at by several predicates under several profiles; it never changes. */
const parsed = new WeakMap<Reply, readonly Json[]>();

function parseMessages(exchange: Exchange): readonly Json[] {
  return textsOf(exchange).flatMap((text) => {
    const value = parseJson(text);
    return isList(value) ? value : value === undefined ? [] : [value];
  });
}

/** All text of the reply: the body, or the data of each event. */
export function textsOf(exchange: Exchange): readonly string[] {
  const { reply } = exchange;
  if (reply.kind !== 'response') return [];
  return reply.content.kind === 'body'
    ? [reply.content.text]
    : reply.content.events.map((event) => event.data);
}

/** What a tool answered that failed: a result of a call with `isError: true`. */
export function toolErrorOf(exchange: Exchange): Json | undefined {
  const result = exchange.asked.method === 'tools/call' ? answerOf(exchange)?.result : undefined;
  return isObject(result) && result['isError'] === true ? result : undefined;
}

/** Whether a text stands in what came: as it was sent, or as it reads once JSON is taken apart. */
export function hasText(exchange: Exchange, wanted: string): boolean {
  return (
    textsOf(exchange).some((text) => text.includes(wanted)) ||
    messagesOf(exchange).some((message) => stringsIn(message).some((text) => text.includes(wanted)))
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

function readAnswer(message: Json): (RpcAnswer & { readonly id?: Json }) | undefined {
  if (!isObject(message) || message['jsonrpc'] !== '2.0' || 'method' in message) return undefined;
  const id = message['id'];
  if (message['result'] !== undefined) return { ...(id !== undefined && { id }), result: message['result'] };
  const error = message['error'];
  if (error === undefined || !isObject(error)) return undefined;
  const code = error['code'];
  const says = error['message'];
  return {
    ...(id !== undefined && { id }),
    error: {
      code: typeof code === 'number' ? code : Number.NaN,
      message: typeof says === 'string' ? says : '',
    },
  };
}
