import type { Probe } from '../../model/facts.js';
import { messagesOf } from '../../model/message.js';
import { eventsOf, isStream, type Reply, type StreamEvent } from '../../model/reply.js';
import { isObject } from '../../model/json.js';
import type { Call } from '../../model/carrier.js';
import type { ProbeClient } from '../client.js';
import { askMs, filledProbe, type DiscoverOptions, type FactProbe } from '../probe.js';

/** Where a message comes that a request makes the server send. On the very stream that is open: a server may be slow to notice that one was dropped, and go on sending there. */
export const notices: FactProbe = {
  finds: ['notices', 'eventIds', 'probes.notify'],
  answers: ['notify', 'push', 'event-ids'],
  after: ['tools', 'get'],
  disturbs: 'own session',
  // The log level, and the request itself.
  requestsMax: () => 2,
  async ask({ client, options, asked }, { candidates, stream, facts }) {
    const { probes, eventIds = false } = facts;
    const wasOffered = stream !== undefined && isStream(stream.snapshot());
    const notify = candidates.notify ?? unsubscribing(client);
    if (notify === undefined || stream === undefined) {
      stream?.abort();
      return { facts: { notices: 'nowhere', eventIds } };
    }
    const { came, withIds } = await findNotices(client, notify, stream, options);
    if (!wasOffered && isStream(stream.snapshot())) {
      stream.abort();
      return { facts: { ...late, refusals: { ...facts.refusals, get: lateSays, push: lateSays }, eventIds } };
    }
    // Some targets send responses on any stream that is open.
    if (came !== 'get' || !asked.has('still-heard')) stream.abort();
    return {
      facts: {
        notices: came,
        eventIds: eventIds || withIds,
        ...(came !== 'nowhere' && { probes: { ...probes, notify } }),
      },
    };
  },
};

/** Checks wait for the head of a stream before they cause a message, so nothing can be said of such a stream. */
const late = { get: { offered: false, seen: 'a stream, late' }, notices: 'nowhere' } as const;
const lateSays = 'the head of the stream on GET came only when a message was sent on it';

/** Whether such a message still comes on that stream, now that there are other clients. */
export const stillHeard: FactProbe = {
  finds: ['severalClients'],
  answers: ['several checks'],
  after: ['revisions'],
  disturbs: 'other clients',
  requestsMax: ({ asked }) => Number(asked.has('notices')),
  async ask({ client, options: { nonce, timeScale } }, { stream, facts: { notices: came, probes } }) {
    const { notify } = probes;
    if (came !== 'get' || notify === undefined || stream === undefined) return {};
    const before = heard(stream.snapshot(), notify, nonce);
    await client.request(filledProbe(notify, nonce), { timeoutMs: askMs });
    const isMore = (now: Reply) => heard(now, notify, nonce) > before;
    const isStillHeard = await stream.waitFor(isMore, lateMs * timeScale);
    stream.abort();
    return { isStillHeard };
  },
};

/** What a request that should make the server notify its session has shown. */
interface Notices {
  /** On the stream of a GET, in the answer to the call itself, or nowhere in time. */
  readonly came: 'get' | 'post' | 'nowhere';
  /** Events carried ids. */
  readonly withIds: boolean;
}

/** How long a message may take after the call that caused it was answered. */
const lateMs = 500;

/** Ends a subscription that was never made, which changes nothing; some servers log to their client that it was asked for. */
function unsubscribing({ result }: ProbeClient): Probe | undefined {
  const capabilities = isObject(result?.['capabilities']) ? result['capabilities'] : {};
  const resources = isObject(capabilities['resources']) ? capabilities['resources'] : {};
  return resources['subscribe'] === true
    ? { method: 'resources/unsubscribe', params: { uri: 'sessionspec://${nonce}' } }
    : undefined;
}

/** Sends the request while a stream is open or was refused, and looks where its message arrives. Servers may log nothing before a level is set. */
async function findNotices(
  client: ProbeClient,
  probe: Probe,
  stream: Call,
  { nonce, timeScale }: DiscoverOptions,
): Promise<Notices> {
  if (isObject(client.result?.['capabilities']) && 'logging' in client.result['capabilities'])
    await client.request({ method: 'logging/setLevel', params: { level: 'debug' } }, { timeoutMs: askMs });
  const { reply } = await client.request(filledProbe(probe, nonce), { timeoutMs: askMs });
  const inAnswer = heard(reply, probe, nonce) > 0;
  // What came with the answer will not come again.
  const isHeard = (now: Reply) => heard(now, probe, nonce) > 0;
  const onStream = await stream.waitFor(isHeard, inAnswer ? 0 : lateMs * timeScale);
  return {
    came: onStream ? 'get' : inAnswer ? 'post' : 'nowhere',
    withIds: [reply, stream.snapshot()].flatMap(eventsOf).some(({ id }) => id !== undefined),
  };
}

/** How many messages a reply has that the probe caused: one that does not repeat its word may be another client's. */
function heard(reply: Reply, { params = {} }: Probe, nonce: string): number {
  const word = JSON.stringify(params).includes('${nonce}') ? nonce : '';
  return eventsOf(reply).filter((event) => isNotification(event) && event.data.includes(word)).length;
}

function isNotification(event: StreamEvent): boolean {
  return messagesOf(event).some(({ kind }) => kind === 'notification');
}
