import { describeCame, describeSent } from '../model/describe-exchange.js';
import { isFault, statusOf, type Reply } from '../model/reply.js';
import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** A request that is as it should be gets no server error. The first one is shown with what came before it. */
export const noServerErrors: Statement = {
  demands: 'no server error in answer to a request that is as it should be',
  observe: (history) => {
    const usual = history.seen.filter((at) => isUsual(at, history));
    const faults = usual.filter(({ exchange }) => isFault(exchange.reply));
    const before = faults[0] && lastBefore(faults[0], history.seen);
    return usual.flatMap((at): readonly Observation[] => {
      if (!isFault(at.exchange.reply)) return at.exchange.reply.kind === 'response' ? [good(at)] : [];
      const came = `${describeCame(at.exchange)}${before === undefined ? '' : `; the first such error came after ${told(before)}`}`;
      return faults.length === 1 || isOfGateway(at.exchange.reply)
        ? [{ kind: 'unsure', at, says: came }]
        : [{ kind: 'bad', at, reason: 'server-error', says: came, ...(before && { beside: [before] }) }];
    });
  },
};

/** By these a gateway speaks of its way to the server, and not the server of the request. */
function isOfGateway(reply: Reply): boolean {
  return [502, 504].includes(statusOf(reply) ?? 0);
}

function isUsual(at: Seen, { sessions }: History): boolean {
  const session = at.session === undefined ? undefined : sessions.get(at.session);
  // A second initialize is no use of a session.
  if (session === undefined || at.exchange.asked.kind === 'initialize') return false;
  const { readyMs = Infinity, doubtfulMs, endedMs, ordinary } = session;
  const { startedMs, settledMs, reply } = at.exchange;
  if (startedMs <= readyMs || startedMs > doubtfulMs) return false;
  // What is under way when its session is ended may be given up.
  const isGivenUp = endedMs !== undefined && settledMs >= doubtfulMs;
  return statusOf(reply) !== undefined && !isGivenUp && ordinary.has(at);
}

function told({ check, exchange }: Seen): string {
  return `${describeSent(exchange)} of ${check}, which got ${describeCame(exchange)}`;
}

/** What was answered last before the request began. */
function lastBefore({ exchange }: Seen, seen: readonly Seen[]): Seen | undefined {
  return seen
    .filter((one) => one.exchange.settledMs <= exchange.startedMs)
    .reduce<Seen | undefined>(
      (last, one) => (last === undefined || one.exchange.settledMs > last.exchange.settledMs ? one : last),
      undefined,
    );
}
