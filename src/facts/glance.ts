import type { Probe } from '../model/facts.js';
import { eventsOf, type Reply } from '../model/http.js';
import type { Client } from './client.js';
import { findNotices, type Notices } from './notices.js';
import { askMs } from './probing.js';

/** An event that opens a stream comes right behind its head. */
const primingMs = 25;

/** What a stream that is opened by GET shows: how it begins, and what a tool that notifies makes of it. */
export async function glance(
  client: Client,
  notify: Probe | undefined,
  options: { readonly nonce: string; readonly timeScale: number },
): Promise<{ readonly get: Reply; readonly notices?: Notices }> {
  const stream = await client.listen({ timeoutMs: askMs });
  if (stream === undefined) return { get: { kind: 'aborted', afterMs: 0 } };
  if (isStream(stream.snapshot())) await stream.waitFor(hasEventIds, primingMs * options.timeScale);
  const get = stream.snapshot();
  // On this very stream: a server may be slow to notice that one was dropped, and go on sending there.
  const notices = notify && (await findNotices(client, notify, stream, options));
  stream.abort();
  return { get, ...(notices && { notices }) };
}

export function hasEventIds(reply: Reply): boolean {
  return eventsOf(reply).some(({ id }) => id !== undefined);
}

export function isStream(reply: Reply): boolean {
  return reply.kind === 'response' && reply.content.kind === 'stream';
}
