import { answerOf, textsOf } from '../model/message.js';
import type { FailReason } from '../model/reason.js';
import type { Exchange } from '../model/transcript.js';

/** Reasons for which the content of an answer decides; for the others its status or its frame does. */
const byContent: ReadonlySet<FailReason> = new Set<FailReason>([
  'wrong-body',
  'crossed-reply',
  'shared-state',
  'lost-state',
  'leaked-id',
  'stray-message',
]);
const contentCharsMax = 200;

/** The content of an answer, where it is the reason for a failure: `: {"count":2}`. */
export function decisiveContent(reason: FailReason, exchange: Exchange): string {
  if (!byContent.has(reason)) return '';
  const answer = answerOf(exchange);
  // An error is shown as it is, with its code and its message.
  if (answer?.error !== undefined) return '';
  const result = answer?.result;
  const text = result === undefined ? textsOf(exchange.reply).join(' ') : JSON.stringify(result);
  if (text === '') return '';
  return `: ${text.length > contentCharsMax ? `${text.slice(0, contentCharsMax - 1)}…` : text}`;
}
