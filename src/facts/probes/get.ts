import type { Call } from '../../model/carrier.js';
import { isStream, statusOf, type Reply } from '../../model/reply.js';
import type { ProbeClient } from '../client.js';
import { askMs, brief, leave, type Asking, type FactProbe } from '../probe.js';
import { hasEventIds } from './requests.js';

/** An event that opens a stream comes right behind its head. */
const primingMs = 25;

/** A handshake, the stream and the end of a session of its own. */
const freshRequests = 2 + 1 + 1;

/** Whether a stream is opened by GET, and how it begins. */
export const get: FactProbe = {
  finds: ['get', 'eventIds'],
  answers: ['get'],
  after: ['plain'],
  disturbs: 'own session',
  requestsMax: () => 1 + freshRequests,
  async ask(asking, { facts: { replyIds, revision } }) {
    const stream = await listenTo(asking.client, asking);
    const reply = stream?.snapshot() ?? aborted;
    const isKept = asking.asked.has('notices');
    // Some targets send responses on any stream that is open.
    if (!isKept) stream?.abort();
    const shown = isSessionRefused(reply) ? await askFresh(await asking.open(revision), asking) : reply;
    return {
      ...(isKept && stream && { stream }),
      isGetSilent: shown.kind !== 'response',
      facts: {
        get: { offered: isStream(shown) && (statusOf(shown) ?? 200) === 200, seen: brief(shown) },
        eventIds: replyIds || hasEventIds(shown),
      },
    };
  },
};

/** A stream whose head comes with its first event. */
export const lateHead = {
  offered: true,
  seen: 'a stream, whose head comes with its first event',
  late: true,
} as const;

/** One that hears nothing that is known to come, so that only the end of its session brings the head: no check can rest on it. */
export const headAtTheEnd = {
  offered: false,
  seen: 'a stream, whose head comes with the end of its session',
  late: true,
} as const;

const aborted: Reply = { kind: 'aborted', afterMs: 0 };

async function listenTo(
  client: ProbeClient,
  { options }: Pick<Asking, 'options'>,
): Promise<Call | undefined> {
  const stream = await client.listen({ timeoutMs: askMs });
  if (stream !== undefined && isStream(stream.snapshot()))
    await stream.waitFor(hasEventIds, primingMs * options.timeScale);
  return stream;
}

/** Where the session was lost to the questions before, a GET in it tells nothing of the stream. */
function isSessionRefused(reply: Reply): boolean {
  const status = statusOf(reply);
  return status === 404 || status === 400;
}

async function askFresh(client: ProbeClient, asking: Asking): Promise<Reply> {
  const stream = await listenTo(client, asking);
  const reply = stream?.snapshot() ?? aborted;
  stream?.abort();
  await leave(client);
  return reply;
}
