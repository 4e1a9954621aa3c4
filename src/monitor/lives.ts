import { classify } from '../model/classify.js';
import { isObject, parseJson } from '../model/json.js';
import { answerOf } from '../model/message.js';
import { statusOf } from '../model/reply.js';
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
export function livesIn(history: History): readonly Life[] {
  const served = servedKinds(history.seen);
  return [...history.sessions.values()].flatMap((session): readonly Life[] => {
    const { openings, readyMs, doubtfulMs, ordinary } = session;
    if (openings.length > 1 || readyMs === undefined) return [];
    const rightful = [...ordinary].filter(
      (use) =>
        use.exchange.startedMs > readyMs &&
        use.exchange.settledMs < doubtfulMs &&
        served.has(kindOf(use.exchange)),
    );
    return rightful.length === 0 ? [] : [lifeOf(session, rightful)];
  });
}

function lifeOf(session: Session, rightful: readonly Seen[]): Life {
  const served = rightful.filter(({ exchange }) => isServed(exchange));
  const refused = rightful.filter(({ exchange }) => isLoss(exchange));
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
export function kindOf({ asked: { kind, method = '' }, sent }: Exchange): string {
  if (method !== 'tools/call') return `${kind} ${method}`;
  const message = parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? '');
  const params = isObject(message) ? message['params'] : undefined;
  const name = isObject(params) ? params['name'] : undefined;
  return `${kind} ${method} ${typeof name === 'string' ? name : ''}`;
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
    return afterwards?.kind === 'response' && afterwards.content.end === 'complete';
  const status = statusOf(reply);
  if (status !== undefined && losing.has(status)) return true;
  return /session/i.test(answerOf(exchange)?.error?.message ?? '') && (status ?? 200) === 200;
}
