import type { Probe } from '../model/facts.js';
import { eventsOf, type Reply, type SseEvent } from '../model/http.js';
import { isObject, parseJson } from '../model/json.js';
import type { Call } from '../model/wire.js';
import type { Client } from './client.js';
import { askMs, filled } from './probing.js';

/** What calling a tool that should make the server notify its session has shown. */
export interface Notices {
  /** On the stream of a GET, in the answer to the call itself, or nowhere in time. */
  readonly came: 'get' | 'post' | 'nowhere';
  /** Events carried ids. */
  readonly withIds: boolean;
}

/** How long a message may take after the call that caused it was answered. */
const lateMs = 500;

/** Requests: the log level and the call. */
export const noticesMost = 2;

/** Calls the tool while a stream is open or was refused, and looks where its message arrives. Servers may log nothing before a level is set. */
export async function findNotices(
  client: Client,
  probe: Probe,
  stream: Call,
  { nonce, timeScale }: { readonly nonce: string; readonly timeScale: number },
): Promise<Notices> {
  if (isObject(client.result?.['capabilities']) && 'logging' in client.result['capabilities'])
    await client.request({ method: 'logging/setLevel', params: { level: 'debug' } }, { timeoutMs: askMs });
  const { reply } = await client.request(filled(probe, nonce), { timeoutMs: askMs });
  const inAnswer = eventsOf(reply).some(isMessage);
  const heard = (now: Reply) => eventsOf(now).some(isMessage);
  // What came with the answer will not come again.
  const onStream = await stream.waitFor(heard, inAnswer ? 0 : lateMs * timeScale);
  return {
    came: onStream ? 'get' : inAnswer ? 'post' : 'nowhere',
    withIds: [reply, stream.snapshot()].flatMap(eventsOf).some(({ id }) => id !== undefined),
  };
}

/** A notification: it has a method, and no id. */
function isMessage({ data }: SseEvent): boolean {
  const message = parseJson(data);
  return isObject(message) && 'method' in message && !('id' in message);
}
