import { answerOf } from '../model/message.js';
import { isStream, isSuccess, statusOf, type Reply } from '../model/reply.js';
import { limitIn } from '../model/limit.js';
import type { FailReason } from '../model/reason.js';
import type { Entry, Exchange, Transcript } from '../model/transcript.js';
import type { Failure } from './rating.js';

/**
 * What a failure rests on: something that the target did, which is evidence; something that it did not do, which is asked for again
 * before it counts; or something that a request explains that came twice, where one did.
 */
const grounds: Readonly<Record<FailReason, 'did' | 'did not' | 'did, if each came once'>> = {
  'session-still-usable': 'did',
  served: 'did',
  refused: 'did not',
  'refused-at-first': 'did not',
  'no-answer': 'did not',
  dropped: 'did not',
  'server-error': 'did not',
  'wrong-status': 'did, if each came once',
  'wrong-body': 'did, if each came once',
  'wrong-header': 'did',
  'wrong-session': 'did',
  'adopted-id': 'did',
  'crossed-reply': 'did',
  'wrong-rpc-id': 'did',
  'shared-state': 'did, if each came once',
  'lost-state': 'did not',
  'duplicate-id': 'did',
  'malformed-id': 'did',
  'guessable-id': 'did',
  'leaked-id': 'did',
  'told-apart': 'did not',
  'stream-open': 'did',
  'repeated-message': 'did, if each came once',
  'repeated-event-id': 'did',
  'still-running': 'did',
  'stray-message': 'did',
  'stray-output': 'did',
  'answered-twice': 'did',
  'carried-out-twice': 'did, if each came once',
  'process-ended': 'did',
  elsewhere: 'did not',
  'ended-by-other-id': 'did not',
  evicted: 'did not',
  'lost-at-once': 'did',
  'places-taken': 'did not',
  'carried-over': 'did, if each came once',
};

/** What came belongs to another, so it is evidence even where an answer is missing. */
const foreign: ReadonlySet<FailReason> = new Set<FailReason>([
  'crossed-reply',
  'leaked-id',
  'stray-message',
  'session-still-usable',
  'served',
  'repeated-event-id',
]);

/** True where the target did not do something, so that it has to be asked again before that counts. */
export function isAbsence({ reason, evidence }: Failure, { entries }: Transcript): boolean {
  const ground = grounds[reason];
  if (ground === 'did not') return true;
  if (ground === 'did, if each came once' && entries.some(isDoubled)) return true;
  const decisive = entries.find(({ seq }) => seq === evidence.entries[0]);
  if (decisive?.kind === 'awaited') return !decisive.came;
  // A busy machine may have kept the process from ending.
  if (decisive?.kind === 'exited') return true;
  return decisive?.kind === 'exchange' && !foreign.has(reason) && isMissing(decisive);
}

/** No proper answer came: nothing, half of it, an error of the server, or what everybody may get: a refusal for load or credentials, a redirect. */
export function isMissing(exchange: Exchange): boolean {
  const { reply, asked } = exchange;
  // A stream that was opened by GET is left open until the check ends it.
  if (asked.kind === 'get' && isStream(reply)) return false;
  if (isBroken(reply)) return true;
  const isDue = asked.kind === 'request' || asked.kind === 'initialize';
  return isDue && isSuccess(reply) && statusOf(reply) !== 202 && answerOf(exchange) === undefined;
}

function isBroken(reply: Reply): boolean {
  if (reply.kind !== 'response') return reply.kind !== 'aborted';
  const status = statusOf(reply) ?? 0;
  if (status >= 500 || status === 401 || isRedirect(status) || limitIn(reply, 0) !== undefined) return true;
  return reply.content.end === 'truncated' || reply.content.end === 'aborted';
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** It may have reached the target before it was sent again. */
function isDoubled(entry: Entry): boolean {
  return entry.kind === 'exchange' && entry.again?.some(({ kind }) => kind !== 'response') === true;
}
