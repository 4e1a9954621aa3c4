import { eventsOf, type Reply } from '../model/http.js';
import type { Client } from './client.js';
import { askMs } from './probing.js';

/** An event that opens a stream comes right behind its head. */
const primingMs = 25;

/** Opens a stream by GET, and closes it. */
export async function glance(client: Client, timeScale: number): Promise<Reply> {
  const stream = await client.listen({ timeoutMs: askMs });
  if (stream === undefined) return { kind: 'aborted', afterMs: 0 };
  if (isStream(stream.snapshot())) await stream.waitFor(hasEventIds, primingMs * timeScale);
  const reply = stream.snapshot();
  stream.abort();
  return reply;
}

export function hasEventIds(reply: Reply): boolean {
  return eventsOf(reply).some(({ id }) => id !== undefined);
}

export function isStream(reply: Reply): boolean {
  return reply.kind === 'response' && reply.content.kind === 'stream';
}
