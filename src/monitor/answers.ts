import { messagesIn, type RpcId } from '../model/message.js';
import { fitsMethod, tellsApart } from '../model/shape.js';
import { statusOf, type Reply } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import type { Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';
import { readStrangers } from './words.js';

/** A response has the id of its request, in type and value, is what that request asks for, and has no word of another. */
export const answersMatch: Statement = {
  demands: 'a response has the id of its request, in type and value, and the form of its method',
  observe: (history) => {
    const strangerIn = readStrangers(history);
    const ids = new Set(history.seen.map(({ exchange }) => exchange.asked.rpcId));
    return history.seen.flatMap((at): readonly Observation[] => {
      const { rpcId, kind } = at.exchange.asked;
      if (rpcId === undefined || (kind !== 'request' && kind !== 'initialize')) return [];
      const stranger = strangerIn(at);
      if (stranger !== undefined)
        return [
          { kind: 'bad', at, reason: 'crossed-reply', says: crossing(at, stranger), beside: [stranger] },
        ];
      const wrong = wrongIn(at.exchange, rpcId, ids);
      if (wrong === undefined) return [];
      return [wrong === 'right' ? good(at) : { kind: 'bad', at, ...wrong }];
    });
  },
};

function isRefusal(reply: Reply): boolean {
  return (statusOf(reply) ?? 0) >= 400;
}

/** Whose answer it is, and by what the target may have taken one request for the other. */
function crossing({ exchange }: Seen, { check, exchange: other }: Seen): string {
  const whose = `it is the answer to a request of ${other.actor} of ${check}`;
  const overlap = other.startedMs <= exchange.settledMs && exchange.startedMs <= other.settledMs;
  if (exchange.asked.rpcId === other.asked.rpcId) return `${whose}, which has the same request id`;
  if (!overlap) return whose;
  return other.startedMs >= exchange.startedMs
    ? `${whose}, which began later, while this one waited`
    : `${whose}, which was under way at the same time`;
}

type Wrong = Pick<Extract<Observation, { kind: 'bad' }>, 'reason' | 'says'>;

function wrongIn(
  { reply, asked: { method } }: Exchange,
  rpcId: RpcId,
  ids: ReadonlySet<RpcId | undefined>,
): Wrong | 'right' | undefined {
  let right = false;
  for (const message of messagesIn(reply)) {
    if (message.kind !== 'response') continue;
    const { id, result } = message;
    if (id === rpcId) {
      if (result !== undefined && tellsApart(method) && !fitsMethod(method, result))
        return { reason: 'crossed-reply', says: `the result does not fit ${method ?? 'the request'}` };
      right = true;
    } else if (typeof id === 'string' || typeof id === 'number') {
      // With a status that refuses, the body need not name the request: an id that nobody ever sent stands for none.
      if (isRefusal(reply) && message.error !== undefined && !ids.has(id)) continue;
      const says = `the request has the id ${JSON.stringify(rpcId)}, its answer ${JSON.stringify(id)}`;
      return { reason: String(id) === String(rpcId) ? 'wrong-body' : 'crossed-reply', says };
    } else if (result !== undefined) {
      return { reason: 'wrong-body', says: 'the answer has a result and no id' };
    }
  }
  return right ? 'right' : undefined;
}
