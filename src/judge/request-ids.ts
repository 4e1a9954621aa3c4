import { messagesIn, type RpcId } from '../model/message.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type Holding, type InvariantTest } from './holding.js';

/** An answer with an id that its request does not have belongs to another request, or to none. */
export function withStrangeId(exchange: Exchange, all: readonly Exchange[]): Holding | undefined {
  const own = awaitedId(exchange);
  const strange = own === undefined ? undefined : answeredIds(exchange).find((id) => id !== own);
  if (strange === undefined) return undefined;
  const owner = all.find((other) => other.asked.rpcId === strange && mayOwn(other, exchange));
  const says = `the answer has the id ${JSON.stringify(strange)}, and the request ${JSON.stringify(own)}`;
  return owner === undefined
    ? { kind: 'bad', reason: 'wrong-rpc-id', says }
    : {
        kind: 'bad',
        reason: 'crossed-reply',
        says: `${says}; that is the id of a request of ${owner.actor}`,
      };
}

/** A request that was under way, or still is: one that had its answer before, or came later, has nothing to do with it. A replay may be of any. */
function mayOwn(other: Exchange, exchange: Exchange): boolean {
  if (other === exchange) return false;
  if (exchange.asked.kind === 'get') return true;
  const id = other.asked.rpcId;
  const isOver = other.settledMs < exchange.startedMs && answeredIds(other).includes(id);
  return !isOver && other.startedMs <= exchange.settledMs;
}

/** Of an id it shows as much in a refusal as in a result. */
export const hasItsId: InvariantTest = (exchange, all) => {
  const strange = withStrangeId(exchange, all);
  if (strange !== undefined) return strange;
  const own = awaitedId(exchange);
  return own !== undefined && answeredIds(exchange).includes(own) ? good : skip;
};

/** All that came answers something else than the request. */
export function hasOnlyStrangeIds(exchange: Exchange): boolean {
  const [own, ids] = [awaitedId(exchange), answeredIds(exchange)];
  return own !== undefined && ids.length > 0 && !ids.includes(own);
}

/** The id of the request that the exchange brings the answer to; that of a GET is the one whose stream it resumes. */
function awaitedId({ asked: { kind, rpcId, resumes } }: Exchange): RpcId | undefined {
  return kind === 'get' ? resumes : rpcId;
}

/** An error that could not tell the id has null, or none. */
function answeredIds({ reply }: Exchange): readonly unknown[] {
  return messagesIn(reply).flatMap((message) =>
    message.kind === 'response' && message.valid && message.id !== undefined && message.id !== null
      ? [message.id]
      : [],
  );
}
