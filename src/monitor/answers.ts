import { messagesIn, type RpcId } from '../model/message.js';
import { fitsMethod, tellsApart } from '../model/shape.js';
import type { Exchange } from '../model/transcript.js';
import { good, type Observation, type Statement } from './observation.js';

/** A response has the id of its request, in type and value, and is what that request asks for. */
export const answersMatch: Statement = {
  demands: 'a response has the id of its request, in type and value, and the form of its method',
  observe: ({ seen }) =>
    seen.flatMap((at): readonly Observation[] => {
      const { rpcId, kind } = at.exchange.asked;
      if (rpcId === undefined || (kind !== 'request' && kind !== 'initialize')) return [];
      const wrong = wrongIn(at.exchange, rpcId);
      if (wrong === undefined) return [];
      return [wrong === 'right' ? good(at) : { kind: 'bad', at, ...wrong }];
    }),
};

type Wrong = Pick<Extract<Observation, { kind: 'bad' }>, 'reason' | 'says'>;

function wrongIn({ reply, asked: { method } }: Exchange, rpcId: RpcId): Wrong | 'right' | undefined {
  let right = false;
  for (const message of messagesIn(reply)) {
    if (message.kind !== 'response') continue;
    const { id, result } = message;
    if (id === rpcId) {
      if (result !== undefined && tellsApart(method) && !fitsMethod(method, result))
        return { reason: 'crossed-reply', says: `the result does not fit ${method ?? 'the request'}` };
      right = true;
    } else if (typeof id === 'string' || typeof id === 'number') {
      const says = `the request has the id ${JSON.stringify(rpcId)}, its answer ${JSON.stringify(id)}`;
      return { reason: String(id) === String(rpcId) ? 'wrong-body' : 'crossed-reply', says };
    } else if (result !== undefined) {
      return { reason: 'wrong-body', says: 'the answer has a result and no id' };
    }
  }
  return right ? 'right' : undefined;
}
