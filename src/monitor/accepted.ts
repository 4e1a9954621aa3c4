import { isSuccess, statusOf } from '../model/reply.js';
import { isList, parseJson } from '../model/json.js';
import type { Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** Nothing answers a notification or a response: one that is accepted gets 202 and no body. */
export const noticesAreAccepted: Statement = {
  demands: '202 without a body, where a notification or a response is accepted',
  observe: ({ seen, sessions }) =>
    seen.flatMap((at): readonly Observation[] => {
      const { exchange } = at;
      const status = statusOf(exchange.reply);
      if (exchange.asked.kind !== 'notification' || status === undefined || !isSuccess(exchange.reply))
        return [];
      // What an ended session accepts has a monitor of its own.
      const ended = at.session === undefined ? undefined : sessions.get(at.session)?.endedMs;
      if (isBatch(at) || (ended !== undefined && exchange.settledMs > ended)) return [];
      const content = exchange.reply.kind === 'response' ? exchange.reply.content : undefined;
      if (status !== 202)
        return [{ kind: 'bad', at, reason: 'wrong-status', says: `it was answered ${status}` }];
      const isEmpty = content?.kind === 'body' ? content.bytes === 0 : content?.events.length === 0;
      return [isEmpty ? good(at) : { kind: 'bad', at, reason: 'wrong-body', says: 'its answer has a body' }];
    }),
};

function isBatch({ exchange: { sent } }: Seen): boolean {
  return isList(parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? ''));
}
