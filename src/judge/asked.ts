import { requestsIn, type ServerRequest } from '../model/client-capabilities.js';
import { mayBeAskedFor } from '../model/declared.js';
import { answerOf, textsOf } from '../model/message.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/**
 * What a call makes the server ask comes while the call is under way: to a client that calls nothing then, while another one does, it came
 * because of that other call. Which roots there are may be asked at any time.
 */
export const askedWhereCalled: InvariantTest = (exchange, all) => {
  const asked = requestsIn(exchange.reply).filter(({ method }) => method !== 'roots/list');
  if (asked.length === 0) return skip;
  const calls = all.filter(({ asked: { asks } }) => asks);
  for (const request of asked) {
    const under = calls.filter((call) => isUnderWay(call, request));
    const [stranger] = under;
    if (stranger === undefined || under.some(({ actor }) => actor === exchange.actor)) continue;
    const says = `${exchange.actor} was asked for ${request.method} while it called nothing, and ${stranger.actor} did`;
    return { kind: 'bad', reason: 'stray-message', says };
  }
  return calls.some(({ actor }) => actor === exchange.actor) ? good : skip;
};

function isUnderWay({ startedMs, settledMs }: Exchange, { atMs }: ServerRequest): boolean {
  return atMs !== undefined && startedMs <= atMs && atMs <= settledMs;
}

/** A client that declared nothing is asked for nothing; that one which did is asked shows that there was something to ask. */
export const askedAsDeclared: InvariantTest = (exchange, all) => {
  const opening = all.find(({ actor, asked }) => actor === exchange.actor && asked.kind === 'initialize');
  if (opening === undefined) return skip;
  const asked = requestsIn(exchange.reply);
  const undeclared = asked.find((request) => !mayBeAskedFor(request, opening));
  if (undeclared !== undefined) {
    const says = `${exchange.actor} was asked for ${undeclared.method}, which its client did not declare`;
    return { kind: 'bad', reason: 'stray-message', says };
  }
  return asked.length > 0 || (exchange.asked.asks && answerOf(exchange) !== undefined) ? good : skip;
};

/** The result of a call repeats what its own client answered, and nothing that another one did. */
export const answersComeToTheirCall: InvariantTest = (exchange, all) => {
  if (!exchange.asked.asks) return skip;
  const text = textsOf(exchange.reply).join('\n');
  const told = all.filter(
    ({ asked: { answers, nonce } }) => answers !== undefined && nonce !== undefined && text.includes(nonce),
  );
  const stranger = told.find(({ actor }) => actor !== exchange.actor);
  if (stranger === undefined) return told.length > 0 ? good : skip;
  const says = `the call of ${exchange.actor} was answered by what ${stranger.actor} said in its own session`;
  return { kind: 'bad', reason: 'crossed-reply', says };
};
