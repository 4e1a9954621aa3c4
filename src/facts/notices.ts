import type { Probe } from '../model/facts.js';
import { eventsOf, type Reply, type StreamEvent } from '../model/reply.js';
import { isObject } from '../model/json.js';
import { messagesOf } from '../model/message.js';
import type { Call } from '../model/carrier.js';
import type { Client } from './client.js';
import { askMs, filled } from './probing.js';

/** What a request that should make the server notify its session has shown. */
export interface Notices {
  /** On the stream of a GET, in the answer to the call itself, or nowhere in time. */
  readonly came: 'get' | 'post' | 'nowhere';
  /** Events carried ids. */
  readonly withIds: boolean;
}

/** How long a message may take after the call that caused it was answered. */
const lateMs = 500;

/** Requests: the log level, and the one itself twice. */
export const noticesRequestsMax = 3;

/** Ends a subscription that nobody made, which changes nothing; some servers tell their client that it was asked for. */
export function unsubscribing({ result }: Client): Probe | undefined {
  const capabilities = isObject(result?.['capabilities']) ? result['capabilities'] : {};
  const resources = isObject(capabilities['resources']) ? capabilities['resources'] : {};
  return resources['subscribe'] === true
    ? { method: 'resources/unsubscribe', params: { uri: 'sessionspec://${nonce}' } }
    : undefined;
}

/** Sends the request while a stream is open or was refused, and looks where its message arrives. Servers may log nothing before a level is set. */
export async function findNotices(
  client: Client,
  probe: Probe,
  stream: Call,
  { nonce, timeScale }: Pacing,
): Promise<Notices> {
  if (isObject(client.result?.['capabilities']) && 'logging' in client.result['capabilities'])
    await client.request({ method: 'logging/setLevel', params: { level: 'debug' } }, { timeoutMs: askMs });
  const { reply } = await client.request(filled(probe, nonce), { timeoutMs: askMs });
  const inAnswer = heard(reply, probe, nonce) > 0;
  // What came with the answer will not come again.
  const isHeard = (now: Reply) => heard(now, probe, nonce) > 0;
  const onStream = await stream.waitFor(isHeard, inAnswer ? 0 : lateMs * timeScale);
  return {
    came: onStream ? 'get' : inAnswer ? 'post' : 'nowhere',
    withIds: [reply, stream.snapshot()].flatMap(eventsOf).some(({ id }) => id !== undefined),
  };
}

/** Whether such a message still comes on that stream, now that there are other clients. */
export async function isStillHeard(
  client: Client,
  probe: Probe,
  stream: Call,
  { nonce, timeScale }: Pacing,
): Promise<boolean> {
  const before = heard(stream.snapshot(), probe, nonce);
  await client.request(filled(probe, nonce), { timeoutMs: askMs });
  return stream.waitFor((now) => heard(now, probe, nonce) > before, lateMs * timeScale);
}

export interface Pacing {
  readonly nonce: string;
  readonly timeScale: number;
}

/** How many messages a reply has that the probe caused: one that does not repeat the word it was given may be somebody else's. */
function heard(reply: Reply, { params = {} }: Probe, nonce: string): number {
  const word = JSON.stringify(params).includes('${nonce}') ? nonce : '';
  return eventsOf(reply).filter((event) => isNotification(event) && event.data.includes(word)).length;
}

function isNotification(event: StreamEvent): boolean {
  return messagesOf(event).some(({ kind }) => kind === 'notification');
}
