import { isList, isObject, type JsonObject } from '../model/json.js';
import { paramsOf } from '../model/listing.js';
import { messagesIn, type Message } from '../model/message.js';
import { isStream } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

const subscriptionKey = 'io.modelcontextprotocol/subscriptionId';

/** The first message of a subscription says what the server agreed to, and of which subscription. */
export const acknowledgedFirst: InvariantTest = (exchange) => {
  const [first] = messagesOn(exchange);
  if (first === undefined) return skip;
  if (methodOf(first) === 'notifications/subscriptions/acknowledged') return tagged(exchange, first);
  return { kind: 'bad', reason: 'stray-message', says: `${wordsFor(first)} came before the acknowledgement` };
};

/** A subscription hears what it asked for, under its own id, and nothing else. */
export const hearingWhatWasAsked: InvariantTest = (exchange) => {
  const { method } = exchange.asked;
  if (method !== undefined && method !== 'subscriptions/listen') return hearingNoChange(exchange);
  const heard = messagesOn(exchange).filter((message) => kinds.has(methodOf(message) ?? ''));
  if (heard.length === 0) return skip;
  const filter = paramsOf(exchange.sent)['notifications'];
  const asked = isObject(filter) ? filter : {};
  const unasked = heard.find((message) => kinds.get(methodOf(message) ?? '')?.(asked) !== true);
  if (unasked !== undefined)
    return {
      kind: 'bad',
      reason: 'stray-message',
      says: `${wordsFor(unasked)} came, which it did not ask for`,
    };
  return heard.map((message) => tagged(exchange, message)).find(({ kind }) => kind === 'bad') ?? good;
};

/** Changes come on subscriptions, and with no answer to another request. */
function hearingNoChange({ reply }: Exchange): ReturnType<InvariantTest> {
  if (reply.kind !== 'response') return skip;
  const change = messagesIn(reply).find((message) =>
    /\/(list_changed|updated)$/.test(methodOf(message) ?? ''),
  );
  if (change === undefined) return good;
  const says = `${wordsFor(change)} came with the answer to another request`;
  return { kind: 'bad', reason: 'stray-message', says };
}

/** What may come on a stream of the server, and whether a filter asks for it. What it does not know may come by an extension. */
const kinds: ReadonlyMap<string, (asked: JsonObject) => boolean> = new Map<
  string,
  (asked: JsonObject) => boolean
>([
  ['notifications/tools/list_changed', (asked) => asked['toolsListChanged'] === true],
  ['notifications/prompts/list_changed', (asked) => asked['promptsListChanged'] === true],
  ['notifications/resources/list_changed', (asked) => asked['resourcesListChanged'] === true],
  // An update may be of a part of what was named.
  ['notifications/resources/updated', (asked) => isList(asked['resourceSubscriptions'])],
  ['notifications/message', () => false],
  ['notifications/progress', () => false],
]);

function tagged(exchange: Exchange, message: Message): ReturnType<InvariantTest> {
  const params = isObject(message.value) ? message.value['params'] : undefined;
  const meta = isObject(params) ? params['_meta'] : undefined;
  const id = isObject(meta) ? meta[subscriptionKey] : undefined;
  if (id === exchange.asked.rpcId) return good;
  const says = id === undefined ? 'no subscription id' : `the subscription id ${JSON.stringify(id)}`;
  return { kind: 'bad', reason: 'wrong-rpc-id', says: `${wordsFor(message)} came with ${says}` };
}

function messagesOn({ asked, reply }: Exchange): readonly Message[] {
  return asked.method === 'subscriptions/listen' && isStream(reply) ? messagesIn(reply) : [];
}

function methodOf(message: Message): string | undefined {
  return message.kind === 'notification' ? message.method : undefined;
}

function wordsFor(message: Message): string {
  return methodOf(message) ?? `a ${message.kind}`;
}
