import { asksIn } from '../model/client-capabilities.js';
import type { Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** A request that nobody answered may be told once more, to a client that has come back: so often, it is another one. */
const timesMin = 3;

/** When an id was told last, and how often on a stream that began after that. */
interface Told {
  readonly settledMs: number;
  readonly times: number;
}

/** A server that counts its requests on each stream begins with the same ids again and again. */
export const requestIdsAreUsedOnce: Statement = {
  demands: 'the server uses each id of its own requests once in a session',
  observe({ seen }) {
    const known = new Map<string, Told>();
    return seen.flatMap((at): readonly Observation[] => {
      const asked =
        at.session === undefined || at.session !== at.own || isResumed(at) ? [] : asksIn(at.exchange.reply);
      return asked.map(({ rpcId, method }) => {
        const times = tell(known, `${at.session} ${JSON.stringify(rpcId)}`, at);
        if (times < timesMin) return good(at);
        const says = `${method} came with the id ${JSON.stringify(rpcId)}, which its requests had on ${times - 1} streams before`;
        return { kind: 'bad', at, reason: 'duplicate-id', says };
      });
    });
  },
};

function tell(known: Map<string, Told>, key: string, { exchange: { startedMs, settledMs } }: Seen): number {
  const before = known.get(key);
  const isLater = before !== undefined && startedMs > before.settledMs;
  const times = before === undefined ? 1 : before.times + Number(isLater);
  known.set(key, { settledMs: Math.max(settledMs, before?.settledMs ?? 0), times });
  return times;
}

/** It may tell again what was told. */
function isResumed({ exchange: { asked, sent } }: Seen): boolean {
  if (asked.resumes !== undefined) return true;
  return sent.carrier === 'http' && sent.headers.some(([name]) => name.toLowerCase() === 'last-event-id');
}
