import { messagesIn } from '../model/message.js';
import { isStream } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';

/** A message that came once may have had any cause; one that comes with each of so many calls, and never between them, was caused by them. */
const roundsMin = 3;

/**
 * A stream of a session that calls nothing, beside the calls of another one. Messages without a word of anybody tell no owner, so they are
 * counted: by the requests of the caller, which cut the time into rounds with a call and rounds without one. Changes of lists may be for
 * everybody; a log message and progress are not, nor is what the caller's own stream heard before this one was opened, and then no more.
 */
export const followingNoOther: InvariantTest = (exchange, all) => {
  if (exchange.asked.kind !== 'get' || !isStream(exchange.reply)) return skip;
  const callers = new Set(all.flatMap(({ actor, asked }) => (asked.nonce === undefined ? [] : [actor])));
  const [caller] = callers;
  if (caller === undefined || callers.size > 1) return skip;
  const rounds = roundsOf(caller, all);
  if (exchange.actor === caller)
    return rounds.some((round) => round.isCall && cameIn(round, exchange) > 0) ? good : skip;
  const later = rounds.filter(({ fromMs }) => fromMs >= exchange.settledMs);
  const calls = later.filter(({ isCall }) => isCall);
  if (calls.length < roundsMin || later.length - calls.length < roundsMin) return skip;
  const follows = (methods?: ReadonlySet<string>) =>
    later.every((round) => cameIn(round, exchange, methods) > 0 === round.isCall);
  const each = `${exchange.actor} received a message with each of ${calls.length} calls of ${caller}, and none between them`;
  if (follows(personal) && isByNoClock(later, exchange))
    return { kind: 'bad', reason: 'stray-message', says: each };
  const own = all.filter(({ actor, asked }) => actor === caller && asked.kind === 'get');
  const heard = (round: Round) => own.some((stream) => cameIn(round, stream) > 0);
  const wasHeard = rounds
    .filter(({ fromMs, isCall }) => isCall && fromMs < exchange.startedMs)
    .some((round) => heard({ ...round, toMs: Math.min(round.toMs, exchange.startedMs) }));
  if (!wasHeard || !follows() || calls.some(heard)) return skip;
  const says = `${each}, and since that stream was opened ${caller} receives none`;
  return { kind: 'bad', reason: 'stray-message', says };
};

/**
 * What comes by a clock, and by no call, would have come in the longest round without a call as well, unless its period is longer than that
 * round; and then it does not come as often in the time between the first message and the last.
 */
function isByNoClock(rounds: readonly Round[], { reply }: Exchange): boolean {
  const calls = rounds.filter(({ isCall }) => isCall);
  const longestMs = Math.max(
    ...rounds.flatMap(({ isCall, fromMs, toMs }) => (isCall ? [] : [toMs - fromMs])),
  );
  const times = messagesIn(reply).flatMap(({ atMs }) => atMs ?? []);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return last - first < (calls.length - 1) * longestMs;
}

/** From one request of the caller to the next one of the other kind. */
interface Round {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isCall: boolean;
}

function roundsOf(caller: string, all: readonly Exchange[]): readonly Round[] {
  const asked = all
    .filter((one) => one.actor === caller && one.asked.kind === 'request')
    .toSorted((a, b) => a.startedMs - b.startedMs);
  const begins = asked.filter(
    (one, i) => one.asked.nonce !== undefined || i === 0 || asked[i - 1]?.asked.nonce !== undefined,
  );
  const endMs = Math.max(...all.map(({ settledMs }) => settledMs));
  return begins.map((one, i) => ({
    fromMs: one.startedMs,
    toMs: begins[i + 1]?.startedMs ?? endMs,
    isCall: one.asked.nonce !== undefined,
  }));
}

/** What nobody else has asked for. */
const personal: ReadonlySet<string> = new Set(['notifications/message', 'notifications/progress']);

function cameIn({ fromMs, toMs }: Round, { reply }: Exchange, methods?: ReadonlySet<string>): number {
  return messagesIn(reply).filter(
    (message) =>
      message.kind === 'notification' &&
      (methods === undefined || methods.has(message.method)) &&
      message.atMs !== undefined &&
      message.atMs >= fromMs &&
      message.atMs < toMs,
  ).length;
}
