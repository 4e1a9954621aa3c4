import { eventsOf } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/** An event id names one event of a session. */
export const eventIdsUnique: InvariantTest = (exchange, all) => {
  const own = eventIds(exchange);
  if (own.length === 0) return skip;
  const earlier = new Set(
    all
      .filter((other) => other.seq < exchange.seq && sameSession(other.asked.session, exchange))
      .flatMap(eventIds),
  );
  const twice = own.find((id, index) => own.indexOf(id) !== index || earlier.has(id));
  if (twice === undefined) return good;
  const says = `the event id ${JSON.stringify(twice)} came again`;
  return { kind: 'bad', reason: 'repeated-event-id', says };
};

function eventIds({ reply }: Exchange): readonly string[] {
  return eventsOf(reply).flatMap(({ id }) => (id === undefined ? [] : [id]));
}

export function sameSession(session: readonly string[], { asked }: Exchange): boolean {
  return session.some((id) => asked.session.includes(id));
}
