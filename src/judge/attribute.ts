import { isFault, type Reply } from '../model/http.js';
import type { Exchange } from '../model/transcript.js';
import { classify } from './classify.js';

/**
 * Why a missing answer, or an error, cannot be blamed on the target's treatment of this request: nobody is answered any more, or
 * everybody has to wait nearly as long as the request did.
 */
export function excuse(exchange: Exchange): 'target-lost' | 'target-slow' | undefined {
  const { afterwards, afterwardsMs = 0, startedMs, settledMs } = exchange;
  if (afterwards === undefined) return undefined;
  if (isFault(afterwards)) return 'target-lost';
  const answer = classify(exchange);
  if (answer !== 'silent' && answer !== 'dropped') return undefined;
  if (!isAnswered(afterwards)) return 'target-lost';
  return answer === 'silent' && afterwardsMs > (settledMs - startedMs) / 2 ? 'target-slow' : undefined;
}

/** A stream that was opened and never said anything is no sign of life. */
function isAnswered(reply: Reply): boolean {
  if (reply.kind !== 'response') return false;
  return reply.content.kind === 'body' || reply.content.events.some(({ data }) => data !== '');
}
