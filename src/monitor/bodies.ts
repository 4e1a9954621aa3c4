import { answerOf, messagesOf } from '../model/message.js';
import { formOf, promised } from '../model/form.js';
import { parseJson } from '../model/json.js';
import { eventsOf, isSuccess, replyHeader, statusOf, type Reply } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, type Observation, type Statement } from './observation.js';

/** The body of an answer is what its media type says, and that is JSON or an event stream. */
export const bodiesAreAsPromised: Statement = {
  demands: 'a body is what its media type says: one JSON value, or an event stream of JSON messages',
  observe: ({ seen }) =>
    seen.flatMap((at): readonly Observation[] => {
      const { reply } = at.exchange;
      if (!isSuccess(reply) || statusOf(reply) === undefined || !isWhole(reply)) return [];
      const form = formOf(reply);
      if (form === 'nothing') return [];
      const says = brokenPromise(at.exchange, form);
      return [says === undefined ? good(at) : { kind: 'bad', at, reason: 'wrong-header', says }];
    }),
};

/** Of a body that was cut off nothing can be said. */
function isWhole(reply: Reply): boolean {
  if (reply.kind !== 'response') return false;
  const { content } = reply;
  if (content.kind === 'stream') return true;
  return content.end === 'complete' && content.digest === undefined && content.garbled === undefined;
}

function brokenPromise(exchange: Exchange, form: ReturnType<typeof formOf>): string | undefined {
  const { reply } = exchange;
  const [type] = replyHeader(reply, 'content-type');
  const promise = promised(reply);
  if (promise === 'event-stream' && form === 'json')
    return `the body is JSON and no event stream, under ${type ?? ''}`;
  if (promise === 'json' && form !== 'json')
    return `the body is ${form === 'event-stream' ? 'an event stream' : 'no JSON'}, under ${type ?? ''}`;
  if (promise === 'event-stream') return unreadableEvent(reply);
  // What is no answer to a request may be of any type.
  if (promise === 'json' || answerOf(exchange) === undefined) return undefined;
  return type === undefined ? 'an answer came without a media type' : `an answer came as ${type}`;
}

function unreadableEvent(reply: Reply): string | undefined {
  const data = eventsOf(reply)
    .filter(({ event }) => event === undefined || event === 'message')
    .filter((event) => messagesOf(event).length === 0)
    .map((event) => event.data)
    .find((text) => text.trim() !== '' && parseJson(text) === undefined);
  return data === undefined ? undefined : `an event is no JSON: ${JSON.stringify(data.slice(0, charsMax))}`;
}

const charsMax = 80;
