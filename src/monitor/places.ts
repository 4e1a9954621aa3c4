import { classify, isEnding } from '../model/classify.js';
import { limitIn } from '../model/limit.js';
import { plural } from '../model/plural.js';
import { isSuccess } from '../model/reply.js';
import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';
import type { Session } from './session.js';

/** Asks for a session when none of the run is left. */
const asking = 'witness.room';
/** Fewer places more than may be taken could be those of clients that we do not know of. */
const spareMin = 3;

/** Places of sessions that were ended are there for others. */
export const placesComeBack: Statement = {
  demands: 'a session is opened when all sessions of the run have ended',
  observe(history) {
    const asked = history.seen.filter(
      ({ check, exchange }) => check === asking && exchange.asked.kind === 'initialize',
    );
    const last = asked.at(-1);
    if (last === undefined || asked.some((one) => isKept(one, history))) return [];
    // A place may be given back a moment later, so that one refusal shows nothing.
    const isAgain = last.exchange.again !== undefined || asked.slice(-2, -1).some(isForWantOfRoom);
    if (isForWantOfRoom(last)) return isAgain ? takenAt(last, history) : [];
    return asked.filter(({ exchange }) => isSuccess(exchange.reply)).map(good);
  },
};

/** A session that asks for no end is ended behind its transcript. */
function isKept({ named }: Seen, { sessions }: History): boolean {
  return named.some((number) =>
    sessions
      .get(number)
      ?.uses.some(({ exchange }) => exchange.asked.kind === 'delete' && !isEnding(exchange)),
  );
}

function takenAt(at: Seen, { seen, sessions }: History): readonly Observation[] {
  const most = mostServed([...sessions.values()]);
  // Handshakes whose answers did not come may have opened sessions that nobody can end.
  const unknown = seen.filter(({ exchange }) => isUnknown(exchange)).length;
  if (most - unknown < spareMin) return [];
  const says = `${plural(most, 'session')} were served at one time before, and now none is open`;
  return [{ kind: 'bad', at, reason: 'places-taken', says }];
}

function isForWantOfRoom({ exchange }: Seen): boolean {
  const { by = '429' } = limitIn(exchange.reply, 0) ?? {};
  return by !== '429';
}

function isUnknown({ asked, reply }: Seen['exchange']): boolean {
  return asked.kind === 'initialize' && (reply.kind !== 'response' || reply.content.end !== 'complete');
}

/** The most sessions that were open at one time for certain: each from its handshake to what it was served last. */
function mostServed(sessions: readonly Session[]): number {
  const changes = sessions.flatMap(({ openedMs, uses }) => {
    const served = uses.filter(({ exchange }) => classify(exchange) === 'served');
    const until = Math.max(openedMs, ...served.map(({ exchange }) => exchange.startedMs));
    return until > openedMs
      ? [
          { ms: openedMs, by: 1 },
          { ms: until, by: -1 },
        ]
      : [];
  });
  let [most, open] = [0, 0];
  for (const { by } of changes.toSorted((a, b) => a.ms - b.ms)) most = Math.max(most, (open += by));
  return most;
}
