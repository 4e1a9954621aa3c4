import { readJson } from '../model/json.js';
import { messagesOf } from '../model/message.js';
import { eventsOf } from '../model/reply.js';
import type { History, Seen } from './history.js';
import { good, type Observation, type Statement } from './observation.js';

/** Over stdio a line of standard output is one message, and nothing else stands there. */
export const outputHoldsMessages: Statement = {
  demands: 'each line of standard output is one message of JSON-RPC',
  observe: (history) => [...inAnswers(history), ...behind(history)],
};

function inAnswers({ seen }: History): readonly Observation[] {
  return seen.flatMap((at): readonly Observation[] => {
    const { reply } = at.exchange;
    if (reply.kind !== 'response' || reply.frame.carrier !== 'stdio') return [];
    const events = eventsOf(reply);
    const stray = events.find((event) => !isMessage(event.data));
    if (stray !== undefined) return [bad(at, stray.data)];
    return events.length === 0 ? [] : [good(at)];
  });
}

/** What a process wrote once its input was closed, or between two requests. */
function behind({ seen, exits }: History): readonly Observation[] {
  return exits.flatMap(({ client, exited }): readonly Observation[] => {
    const stray = exited.closing?.lines?.find((line) => !isMessage(line));
    const last = seen.findLast((one) => one.client === client);
    return stray === undefined || last === undefined ? [] : [bad(last, stray)];
  });
}

/** What nests deeper than we read may be one. */
function isMessage(line: string): boolean {
  return (
    readJson(line)?.isCut === true || messagesOf({ atMs: 0, data: line }).some(({ kind }) => kind !== 'other')
  );
}

const shownMax = 80;

function bad(at: Seen, line: string): Observation {
  const shown = JSON.stringify(line.slice(0, shownMax));
  return { kind: 'bad', at, reason: 'stray-output', says: `this line is no message: ${shown}` };
}
