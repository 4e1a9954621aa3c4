import type { AnswerClass } from '../model/profile.js';
import { isSuccess } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import { classify } from '../model/classify.js';
import { good, skip, type InvariantTest } from './holding.js';

/** The first request of an actor with a method beside a later one that was served: only the moment differs. */
export const servedAtOnce: InvariantTest = (exchange, all) => {
  const { method } = exchange.asked;
  const [first, ...later] = all.filter(
    ({ actor, asked }) => actor === exchange.actor && method !== undefined && asked.method === method,
  );
  if (exchange !== first) return skip;
  const served = later.find((other) => classify(other) === 'served');
  if (served === undefined) return skip;
  const answer = classify(exchange);
  if (answer === 'served') return good;
  if (answer === '5xx') return { kind: 'bad', reason: 'server-error', says: lateness(exchange, served) };
  const reason = answer === 'no-answer' || answer === 'dropped' ? answer : 'refused-at-first';
  return { kind: 'bad', reason, says: lateness(exchange, served) };
};

function lateness({ asked, settledMs }: Exchange, served: Exchange): string {
  const later = Math.round(served.startedMs - settledMs);
  return `${asked.method ?? ''} was not served right after the handshake, and was ${later} ms later`;
}

/**
 * What takes less holds up nothing that could be told. On a busy machine a call seems shorter, since only our running time counts;
 * half of this is still more than two looks at what has come.
 */
const slowMs = 100;

/** What settles within one look at what has come is read in any order. */
const lookMs = 20;

/**
 * A ping that is answered only once a call that began before it is over was held up, where it takes less than that without a call. One
 * of all calls that held up none is enough: then the others waited for something else, for the harness perhaps. The last ping of a call
 * tells, since the first may have overtaken it on a connection of its own.
 */
export const holdsUpNobody: InvariantTest = (exchange, all) => {
  const usualMs = usualPingMs(all);
  const underWay = all.map((ping) => ({ ping, call: callUnderWay(ping, all) }));
  const looks = underWay.flatMap(({ ping, call }) => {
    if (call === undefined || underWay.findLast((one) => one.call === call)?.ping !== ping) return [];
    if (ping.settledMs < call.settledMs - lookMs) return [{ ping, call, waited: false }];
    return isHeldUp(ping, call, usualMs) ? [{ ping, call, waited: true }] : [];
  });
  const own = looks.find(({ ping }) => ping === exchange);
  if (own === undefined) return skip;
  if (!own.waited) return good;
  if (looks.some(({ waited }) => !waited)) return skip;
  const ms = Math.round(exchange.settledMs - exchange.startedMs);
  const says = `the ping of ${exchange.actor} waited ${ms} ms, until the call of ${own.call.actor} was answered`;
  return { kind: 'bad', reason: 'no-answer', says };
};

function callUnderWay(ping: Exchange, all: readonly Exchange[]): Exchange | undefined {
  if (ping.asked.method !== 'ping') return undefined;
  return all.findLast(
    ({ asked, startedMs, settledMs, reply }) =>
      asked.method !== 'ping' &&
      startedMs <= ping.startedMs &&
      settledMs > ping.startedMs &&
      reply.kind === 'response',
  );
}

function isHeldUp(ping: Exchange, call: Exchange, usualMs: number): boolean {
  return durationOf(call) >= slowMs && durationOf(ping) - usualMs >= slowMs / 2;
}

/** How long a ping takes that meets no call. */
function usualPingMs(all: readonly Exchange[]): number {
  const undisturbed = all.filter(
    (one) => one.asked.method === 'ping' && callUnderWay(one, all) === undefined,
  );
  return undisturbed.length === 0 ? 0 : Math.min(...undisturbed.map(durationOf));
}

function durationOf({ startedMs, settledMs }: Exchange): number {
  return settledMs - startedMs;
}

const refusals: ReadonlySet<AnswerClass> = new Set(['400', '401', '403', '404', '405', '409', '4xx']);

/** A refusal says that nothing happened. */
export const endsNothing: InvariantTest = (exchange, all) => {
  const deletes = all.filter(
    ({ seq, asked }) =>
      asked.kind === 'delete' &&
      seq < exchange.seq &&
      asked.session.some((id) => exchange.asked.session.includes(id)),
  );
  if (exchange.asked.kind === 'delete' || deletes.some(({ reply }) => isSuccess(reply))) return skip;
  const refused = deletes.find((one) => refusals.has(classify(one)));
  if (refused === undefined) return skip;
  const answer = classify(exchange);
  if (answer === 'served' || answer === 'accepted') return good;
  if (!refusals.has(answer)) return skip;
  return {
    kind: 'bad',
    reason: 'refused',
    says: `refused after a DELETE that was answered ${classify(refused)}`,
  };
};
