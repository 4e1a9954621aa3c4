import { classify } from '../model/classify.js';
import { isList, parseJson } from '../model/json.js';
import { statusOf } from '../model/reply.js';
import { grouped } from '../model/tables.js';
import type { Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';
import type { Session } from './session.js';

/** A session keeps the revision that it negotiated, whichever others negotiate after it. */
export const revisionHolds: Statement = {
  demands: 'what the revision of a session allows is served, whichever revision other clients negotiate',
  observe: (history) => {
    const opened = [...history.sessions.values()].toSorted((a, b) => a.openedMs - b.openedMs);
    if (new Set(opened.map(({ negotiated }) => negotiated)).size < 2) return [];
    return opened.flatMap((session) => observedIn(session, opened));
  },
};

function observedIn(session: Session, opened: readonly Session[]): readonly Observation[] {
  if (session.openings.length > 1) return [];
  const asked = session.uses.filter((use) => isAllowed(use, session));
  const isOvertaken = ({ exchange: { startedMs } }: Seen) =>
    newestAt(opened, startedMs)?.negotiated !== session.negotiated;
  const overtaken = asked.filter(isOvertaken);
  return [...grouped(overtaken, classOf)].flatMap(([kind, uses]): readonly Observation[] => {
    // Where it is served after all, its revision holds, and a refusal has another cause.
    if (overtaken.some((use) => classOf(use) === kind && isServed(use)))
      return uses.filter(isServed).map(good);
    // Only what the session was served at another time can have been lost with its revision.
    const before = asked.find((use) => classOf(use) === kind && !isOvertaken(use) && isServed(use));
    return uses.flatMap((at): readonly Observation[] => {
      if (before === undefined || before.exchange.startedMs > at.exchange.startedMs) return [];
      if (statusOf(at.exchange.reply) !== 400) return [];
      const other = newestAt(opened, at.exchange.startedMs)?.negotiated ?? '';
      const says = `a ${kind} of a session of ${session.negotiated ?? ''} was refused after another client had negotiated ${other}`;
      return [{ kind: 'bad', at, reason: 'refused', says, beside: [before] }];
    });
  });
}

/** A request of the session, alone or, where its revision has them, in a batch. */
function isAllowed(
  use: Seen,
  { negotiated, readyMs = Infinity, doubtfulMs, ordinary, framed, uses }: Session,
): boolean {
  const { asked, startedMs, settledMs } = use.exchange;
  if (startedMs < readyMs || asked.kind !== 'request') return false;
  // It may have expired by right.
  if (uses.some(({ exchange }) => exchange.asked.idle && exchange.startedMs <= startedMs)) return false;
  if (classOf(use) === 'batch') return negotiated === '2025-03-26' && framed.has(use);
  return settledMs < doubtfulMs && ordinary.has(use);
}

function classOf({ exchange: { asked, sent } }: Seen): 'batch' | 'request' {
  if (asked.method !== undefined) return 'request';
  return isList(parseJson((sent.carrier === 'http' ? sent.body : sent.line) ?? '')) ? 'batch' : 'request';
}

function isServed({ exchange }: Seen): boolean {
  return classify(exchange) === 'served' || statusOf(exchange.reply) === 200;
}

/** The session that was opened last before a time. */
function newestAt(opened: readonly Session[], ms: number): Session | undefined {
  let [low, high] = [0, opened.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((opened[middle]?.openedMs ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return opened[low - 1];
}
