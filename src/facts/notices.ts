import type { Probe } from '../model/facts.js';
import { eventsOf, type SseEvent } from '../model/http.js';
import { isObject, parseJson } from '../model/json.js';
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

/** Requests: the log level, the stream, the call. */
export const noticesMost = 3;

/** Calls the tool while a stream is open, and looks where its message arrives. Servers may log nothing before a level is set. */
export async function findNotices(
  client: Client,
  probe: Probe,
  { nonce, timeScale }: { readonly nonce: string; readonly timeScale: number },
): Promise<Notices> {
  if (isObject(client.result?.['capabilities']) && 'logging' in client.result['capabilities'])
    await client.request({ method: 'logging/setLevel', params: { level: 'debug' } }, { timeoutMs: askMs });
  const stream = await client.listen({ timeoutMs: askMs });
  const { reply } = await client.request(filled(probe, nonce), { timeoutMs: askMs });
  const inAnswer = eventsOf(reply).some(isMessage);
  const heard = inAnswer
    ? stream !== undefined && eventsOf(stream.snapshot()).some(isMessage)
    : await stream?.waitFor((now) => eventsOf(now).some(isMessage), lateMs * timeScale);
  const events = [...eventsOf(reply), ...(stream ? eventsOf(stream.snapshot()) : [])];
  stream?.abort();
  return {
    came: heard === true ? 'get' : inAnswer ? 'post' : 'nowhere',
    withIds: events.some(({ id }) => id !== undefined),
  };
}

/** A notification: it has a method, and no id. */
function isMessage({ data }: SseEvent): boolean {
  const message = parseJson(data);
  return isObject(message) && 'method' in message && !('id' in message);
}
