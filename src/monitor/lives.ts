import { cached } from '../model/cached.js';
import { classify } from '../model/classify.js';
import { isObject, parseJson, type JsonObject } from '../model/json.js';
import { answerOf, messagesIn } from '../model/message.js';
import { statusOf, type Reply } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import type { History, Seen } from './history.js';
import type { Session } from './session.js';

/** How a session fared while it had every right to be served. */
export interface Life {
  readonly session: Session;
  readonly served: readonly Seen[];
  /** Refused, and served again later. */
  readonly shaky: readonly Seen[];
  /** Refused, and never served again. */
  readonly lost: readonly Seen[];
}

/** Follows each session from the moment in which its client may use it to the moment in which it might be refused by right. */
export const livesIn = cached((history: History): readonly Life[] => {
  const served = servedKinds(history.seen);
  const isLong = longCalls(history.seen);
  return [...history.sessions.values()].flatMap((session): readonly Life[] => {
    const { openings, readyMs, doubtfulMs, ordinary } = session;
    if (openings.length > 1 || readyMs === undefined) return [];
    const rightful = [...ordinary].filter(
      (use) =>
        !use.exchange.asked.apart &&
        use.exchange.startedMs > readyMs &&
        use.exchange.settledMs < doubtfulMs &&
        served.has(kindOf(use.exchange)),
    );
    return rightful.length === 0 ? [] : [lifeOf(session, rightful, isLong)];
  });
});

function lifeOf(session: Session, rightful: readonly Seen[], isLong: (exchange: Exchange) => boolean): Life {
  const served = rightful.filter(({ exchange }) => isServed(exchange));
  const refused = rightful.filter(({ exchange }) => isLoss(exchange) && !isLong(exchange));
  const lastServed = Math.max(-Infinity, ...served.map(({ exchange }) => exchange.startedMs));
  const isFinal = ({ exchange }: Seen) => exchange.startedMs > lastServed;
  return {
    session,
    served,
    shaky: refused.filter((one) => !isFinal(one)),
    lost: refused.filter(isFinal),
  };
}

/** What some session was served: a method that the target does not have may be refused in any way. */
function servedKinds(seen: readonly Seen[]): ReadonlySet<string> {
  return new Set(seen.filter(({ exchange }) => isServed(exchange)).map(({ exchange }) => kindOf(exchange)));
}

/** The method, and of calls the tool. */
export function kindOf(exchange: Exchange): string {
  const { kind, method = '' } = exchange.asked;
  if (method !== 'tools/call') return `${kind} ${method}`;
  const { name } = callIn(exchange);
  return `${kind} ${method} ${typeof name === 'string' ? name : ''}`;
}

function callIn({ sent }: Exchange): JsonObject {
  const message = parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? '');
  const params = isObject(message) ? message['params'] : undefined;
  return isObject(params) ? params : {};
}

/**
 * Tells a call that was given less time than any that was answered, or that nobody was ever answered: it may still be under way. Calls are
 * the same but for their words; with other arguments the tool may be quicker.
 */
function longCalls(seen: readonly Seen[]): (exchange: Exchange) => boolean {
  let quickest: ReadonlyMap<string, number> | undefined;
  return (exchange) => {
    if (exchange.asked.method !== 'tools/call' || classify(exchange) !== 'no-answer') return false;
    quickest ??= quickestOf(seen);
    return tookMs(exchange) < (quickest.get(shapeOf(exchange)) ?? Infinity);
  };
}

function quickestOf(seen: readonly Seen[]): ReadonlyMap<string, number> {
  const quickest = new Map<string, number>();
  for (const { exchange } of seen) {
    if (exchange.asked.method !== 'tools/call' || !isServed(exchange)) continue;
    const shape = shapeOf(exchange);
    quickest.set(shape, Math.min(tookMs(exchange), quickest.get(shape) ?? Infinity));
  }
  return quickest;
}

/** The tool and its arguments without their words, which are other ones in each call. */
function shapeOf(exchange: Exchange): string {
  const { name, arguments: given } = callIn(exchange);
  return JSON.stringify([name, given], (_, value: unknown) =>
    typeof value === 'string' && value !== name ? '' : value,
  );
}

function tookMs({ startedMs, settledMs }: Exchange): number {
  return settledMs - startedMs;
}

function isServed(exchange: Exchange): boolean {
  const answer = classify(exchange);
  return exchange.asked.kind === 'notification'
    ? answer === 'served' || answer === 'accepted'
    : exchange.asked.kind === 'request' && answer === 'served';
}

const losing = new Set([400, 404, 410]);

/** A refusal that says nothing of load, credentials or the request itself; silence, where others were answered then. */
function isLoss(exchange: Exchange): boolean {
  const { asked, reply, afterwards } = exchange;
  if (asked.kind !== 'request' && asked.kind !== 'notification') return false;
  if (classify(exchange) === 'no-answer')
    return afterwards?.kind === 'response' && afterwards.content.end === 'complete' && !asksBack(reply);
  const status = statusOf(reply);
  if (status !== undefined && losing.has(status)) return true;
  return /session/i.test(answerOf(exchange)?.error?.message ?? '') && (status ?? 200) === 200;
}

/** The server waits for an answer of its client, which may never come. */
function asksBack(reply: Reply): boolean {
  return messagesIn(reply).some((message) => message.kind === 'request' && message.method !== 'ping');
}
