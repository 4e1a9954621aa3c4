import { isStream, statusOf } from '../../model/reply.js';
import { askMs, brief, type FactProbe } from '../probe.js';
import { hasEventIds } from './plain.js';

/** An event that opens a stream comes right behind its head. */
const primingMs = 25;

/** Whether a stream is opened by GET, and how it begins. */
export const get: FactProbe = {
  finds: ['get', 'eventIds'],
  answers: ['get'],
  after: ['plain'],
  disturbs: 'own session',
  requestsMax: () => 1,
  async ask({ client, options, asked }, { facts: { replyIds } }) {
    const stream = await client.listen({ timeoutMs: askMs });
    if (stream !== undefined && isStream(stream.snapshot()))
      await stream.waitFor(hasEventIds, primingMs * options.timeScale);
    const reply = stream?.snapshot() ?? ({ kind: 'aborted', afterMs: 0 } as const);
    const isKept = asked.has('notices');
    // Some send responses on whatever stream is open.
    if (!isKept) stream?.abort();
    return {
      ...(isKept && stream && { stream }),
      facts: {
        get: {
          offered: isStream(reply) && (statusOf(reply) ?? 200) === 200,
          seen: brief(reply),
        },
        eventIds: replyIds || hasEventIds(reply),
      },
    };
  },
};
