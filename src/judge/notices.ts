import { isObject } from '../model/json.js';
import { messagesIn, textsOf } from '../model/message.js';
import type { FailReason } from '../model/reason.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/** The notifications and requests of the server in a reply, as text. */
export function noticesIn({ reply }: Exchange): readonly string[] {
  return messagesIn(reply).flatMap(({ kind, value }) =>
    kind === 'notification' || kind === 'request' ? [JSON.stringify(value)] : [],
  );
}

/** No session reads what another caused. That a session reads what it caused itself shows that there was something to read. */
export function staying(
  reason: FailReason,
  thing: string,
  did: string,
  signs: (exchange: Exchange) => readonly string[],
): InvariantTest {
  return (exchange, all) => {
    const stranger = all.find(
      (other) =>
        other.actor !== exchange.actor &&
        (carries(textsOf(exchange.reply), other) || replays(exchange, other, all)),
    );
    if (stranger !== undefined) {
      const says = `${exchange.actor} received ${thing} ${stranger.actor} ${did}`;
      return { kind: 'bad', reason, says };
    }
    const own = signs(exchange);
    return all.some((other) => other.actor === exchange.actor && carries(own, other)) ? good : skip;
  };
}

/** A GET stream brings the answer to a request of the other client, whose id is none of its own. */
function replays(exchange: Exchange, { asked: { rpcId } }: Exchange, all: readonly Exchange[]): boolean {
  if (exchange.asked.kind !== 'get' || rpcId === undefined) return false;
  const isOwn = all.some(({ actor, asked }) => actor === exchange.actor && asked.rpcId === rpcId);
  return (
    !isOwn &&
    messagesIn(exchange.reply).some((message) => message.kind === 'response' && message.id === rpcId)
  );
}

function carries(texts: readonly string[], { asked: { nonce } }: Exchange): boolean {
  return nonce !== undefined && texts.some((text) => text.includes(nonce));
}

/** An update that came to a session that never subscribed is one too many. */
export const onlySubscribers: InvariantTest = (exchange, all) => {
  const came = messagesIn(exchange.reply).some(
    (message) => message.kind === 'notification' && message.method === 'notifications/resources/updated',
  );
  if (!came) return skip;
  const subscribed = all.some(
    ({ actor, asked }) => actor === exchange.actor && asked.method === 'resources/subscribe',
  );
  const says = `${exchange.actor} received an update without a subscription`;
  return subscribed ? good : { kind: 'bad', reason: 'stray-message', says };
};

/**
 * The first call of an actor shows which log messages there are to hear. Of those that follow one that is heard is enough, on whatever
 * stream, since a message may be late.
 */
export const heardAsBefore: InvariantTest = (exchange, all) => {
  const own = all.filter(({ actor }) => actor === exchange.actor);
  const [first, ...later] = own.filter(({ asked }) => asked.kind !== 'get' && asked.nonce !== undefined);
  // What comes with an answer is of its request, whatever it says.
  const isHeard = (call: Exchange): boolean =>
    logsIn(call).length > 0 || own.some((other) => carries(logsIn(other), call));
  if (first === undefined || !later.includes(exchange) || !isHeard(first)) return skip;
  if (later.some(isHeard)) return isHeard(exchange) ? good : skip;
  const says = `a log message came to ${exchange.actor} for its first call and for none after it`;
  return { kind: 'bad', reason: 'lost-state', says };
};

/** The log messages in a reply, as text, without those of the level that others set: these come in any case. */
function logsIn({ reply }: Exchange): readonly string[] {
  return messagesIn(reply).flatMap((message) => {
    if (message.kind !== 'notification' || message.method !== 'notifications/message') return [];
    const params = isObject(message.value) ? message.value['params'] : undefined;
    return isObject(params) && params['level'] === 'emergency' ? [] : [JSON.stringify(message.value)];
  });
}
