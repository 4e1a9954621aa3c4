import { messagesIn } from '../model/message.js';
import { good, type Observation, type Statement } from './observation.js';

/** A client has forgotten a request once it was answered: a second response is to nothing. */
export const answeredOnce: Statement = {
  demands: 'a request gets one response',
  observe: ({ seen }) =>
    seen.flatMap((at): readonly Observation[] => {
      const { rpcId } = at.exchange.asked;
      const responses = messagesIn(at.exchange.reply).filter(
        (message) => message.kind === 'response' && message.id === rpcId,
      );
      if (rpcId === undefined || responses.length === 0) return [];
      if (responses.length === 1) return [good(at)];
      const says = `the request with the id ${JSON.stringify(rpcId)} got ${responses.length} responses in one reply`;
      return [{ kind: 'bad', at, reason: 'answered-twice', says }];
    }),
};
