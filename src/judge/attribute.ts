import { isFault, isOwnLimit, type Reply } from '../model/reply.js';
import type { Entry, Exchange, Transcript } from '../model/transcript.js';
import { classify } from '../model/classify.js';

/**
 * Why a missing answer, or an error, cannot be blamed on the target's treatment of this request: it was never sent for want of
 * something of ours, the target answers no client any more, or a fresh client waits nearly as long as the request did.
 */
export function excuse(exchange: Exchange): 'own-limit' | 'target-lost' | 'target-slow' | undefined {
  const { reply, afterwards, afterwardsMs = 0, startedMs, settledMs } = exchange;
  if (isOwnLimit(reply)) return 'own-limit';
  if (afterwards === undefined) return undefined;
  if (isFault(afterwards)) return 'target-lost';
  const answer = classify(exchange);
  if (answer !== 'no-answer' && answer !== 'dropped') return undefined;
  if (isOwnLimit(afterwards)) return 'own-limit';
  if (!showsLife(afterwards)) return 'target-lost';
  return answer === 'no-answer' && afterwardsMs > (settledMs - startedMs) / 2 ? 'target-slow' : undefined;
}

/** A fresh client got its answer in a small part of the time that this request waited. */
export function answersOthersAtOnce({
  afterwards,
  afterwardsMs = 0,
  startedMs,
  settledMs,
}: Exchange): boolean {
  if (afterwards === undefined || isFault(afterwards) || !showsLife(afterwards)) return false;
  return afterwardsMs < (settledMs - startedMs) / 8;
}

/** A check that had the target for itself, got an answer and then lost the target is what stopped it: there is no excuse. */
export function accountable(transcript: Transcript): Transcript {
  if (transcript.cut?.alone !== true) return transcript;
  const first = transcript.entries.findIndex(isAnsweredExchange);
  const entries = transcript.entries.map((entry, index): Entry => {
    if (entry.kind !== 'exchange' || first < 0 || index <= first) return entry;
    const { afterwards: _, afterwardsMs: __, ...rest } = entry;
    return rest;
  });
  return { ...transcript, entries };
}

function isAnsweredExchange(entry: Entry): boolean {
  return entry.kind === 'exchange' && showsLife(entry.reply);
}

/** A stream on which nothing came is no sign of life. */
function showsLife(reply: Reply): boolean {
  if (reply.kind !== 'response') return false;
  return reply.content.kind === 'body' || reply.content.events.some(({ data }) => data !== '');
}
