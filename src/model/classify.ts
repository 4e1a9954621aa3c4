import type { AnswerClass } from './profile.js';
import { answerOf, hasText, unread } from './message.js';
import { isStream, isSuccess, statusOf } from './reply.js';
import type { Exchange } from './transcript.js';
import { fitsMethod } from './shape.js';

/** What an answer amounts to: the column of the tables of a profile. */
export function classify(exchange: Exchange): AnswerClass {
  const { reply } = exchange;
  switch (reply.kind) {
    case 'timeout':
      return 'no-answer';
    case 'dropped':
      return 'dropped';
    case 'aborted':
      return 'other';
    case 'response':
      return isSuccess(reply) ? classifySuccess(exchange) : classifyRefusal(statusOf(reply));
  }
}

/** A DELETE that was obeyed, as far as its answer tells. */
export function isEnding(exchange: Exchange): boolean {
  return exchange.asked.kind === 'delete' && ['served', 'accepted'].includes(classify(exchange));
}

const exact = ['400', '401', '403', '404', '405', '409'] as const;

function classifyRefusal(status = 0): AnswerClass {
  const own = exact.find((name) => name === String(status));
  if (own !== undefined) return own;
  if (status >= 400 && status < 500) return '4xx';
  return status >= 500 && status < 600 ? '5xx' : 'other';
}

function classifySuccess(exchange: Exchange): AnswerClass {
  const status = statusOf(exchange.reply);
  const accepted = status === 202 || status === 204;
  const answer = answerOf(exchange);
  switch (exchange.asked.kind) {
    case 'get':
      if (isStream(exchange.reply)) return 'served';
      return answer?.error ? 'error' : accepted ? 'accepted' : 'other';
    case 'delete':
    case 'notification':
      if (answer?.error) return 'error';
      // What is not read to the end may be an error.
      return accepted ? 'accepted' : unread(exchange.reply) === undefined ? 'served' : 'other';
    case 'initialize':
    case 'request':
      if (answer?.error) return saysWhatWasAsked(exchange) ? 'served' : 'error';
      if (answer?.result !== undefined)
        return classifyResult(exchange, fitsMethod(exchange.asked.method, answer.result));
      if (accepted) return 'accepted';
      return withheld(exchange) ? 'no-answer' : 'other';
  }
}

/** An error that repeats a word of the request is one about what was asked for, so the request got through. */
function saysWhatWasAsked(exchange: Exchange): boolean {
  const { nonce } = exchange.asked;
  return nonce !== undefined && hasText(exchange, nonce);
}

function classifyResult(exchange: Exchange, fits: boolean): AnswerClass {
  if (!fits) return 'other';
  if (exchange.asked.kind !== 'initialize') return 'served';
  const [named] = exchange.named;
  if (named === undefined) return 'no-session';
  return exchange.asked.session.includes(named) ? 'adopted' : 'new-session';
}

/** The head came, the answer did not: the deadline passed on an open stream or an unfinished body. */
function withheld({ reply }: Exchange): boolean {
  return reply.kind === 'response' && (reply.content.end === 'aborted' || reply.content.end === 'open');
}
