import { headerValues } from '../model/framing.js';
import { eventsOf, isStream, type StreamEvent } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/** A server need not replay anything. One that does goes on where the client was: with what followed, and to its end. */
export const goingOn: InvariantTest = (exchange, all) => {
  const lastId = lastIdIn(exchange);
  const original = all.find(
    (other) => other !== exchange && isTold(other) && eventsOf(other.reply).some(({ id }) => id === lastId),
  );
  if (lastId === undefined || original === undefined) return skip;
  const events = eventsOf(original.reply);
  const at = events.findIndex(({ id }) => id === lastId);
  const replayed = new Set(eventsOf(exchange.reply).filter(isMessage).map(keyOf));
  const isReplayed = (event: StreamEvent) => replayed.has(keyOf(event));
  const before = events.slice(0, at + 1).filter(isMessage);
  const after = events.slice(at + 1).filter(isMessage);
  const repeated = before.filter(isReplayed).length;
  if (repeated > 0)
    return bad('repeated-message', `of the messages up to the event that was named ${repeated} came again`);
  const came = after.filter(isReplayed).length;
  if (came === 0) return skip;
  // All that a stream carried which is over can be replayed at once. Of another one, what comes last may be late, unless something newer
  // came; what is left out before it is not.
  const known = new Set(events.map(keyOf));
  const isPast = eventsOf(exchange.reply).some((event) => isMessage(event) && !known.has(keyOf(event)));
  const isOver = isWhole(exchange) || isWhole(original);
  const due = isOver || isPast ? after.length : after.findLastIndex(isReplayed) + 1;
  if (came < due) return bad('no-answer', `of ${after.length} messages that followed ${came} came`);
  return came === after.length ? good : skip;
};

function bad(reason: 'repeated-message' | 'no-answer', says: string) {
  return { kind: 'bad', reason, says } as const;
}

function lastIdIn({ sent }: Exchange): string | undefined {
  return sent.carrier === 'http' ? headerValues(sent.headers, 'last-event-id')[0] : undefined;
}

/** It has all that its stream carried until it ended; a stream of a GET may be ended by its client. */
function isTold(exchange: Exchange): boolean {
  return isWhole(exchange) || (exchange.asked.kind === 'get' && isStream(exchange.reply));
}

function isWhole({ reply }: Exchange): boolean {
  return reply.kind === 'response' && reply.content.kind === 'stream' && reply.content.end === 'complete';
}

function isMessage({ id, data }: StreamEvent): boolean {
  return id !== undefined && data !== '';
}

function keyOf({ id, data }: StreamEvent): string {
  return JSON.stringify([id, data]);
}
