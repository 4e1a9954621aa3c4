import type { Probe } from '../model/facts.js';
import { eventsOf, isStream, type Reply } from '../model/reply.js';
import type { Client } from './client.js';
import type { Call } from '../model/carrier.js';
import { findNotices, type Notices, type Pacing } from './notices.js';
import { askMs } from './probing.js';

/** An event that opens a stream comes right behind its head. */
const primingMs = 25;

export interface GetProbe {
  readonly get: Reply;
  readonly notices?: Notices;
  /** Still open where it carried what the request caused; to be aborted. */
  readonly stream?: Call;
}

/** What a stream that is opened by GET shows: how it begins, and what a request that notifies makes of it. */
export async function probeGet(
  client: Client,
  notify: Probe | undefined,
  options: Pacing,
): Promise<GetProbe> {
  const stream = await client.listen({ timeoutMs: askMs });
  if (stream === undefined) return { get: { kind: 'aborted', afterMs: 0 } };
  if (isStream(stream.snapshot())) await stream.waitFor(hasEventIds, primingMs * options.timeScale);
  const get = stream.snapshot();
  // On this very stream: a server may be slow to notice that one was dropped, and go on sending there.
  const notices = notify && (await findNotices(client, notify, stream, options));
  if (notices?.came === 'get') return { get, notices, stream };
  // Some send responses on whatever stream is open.
  stream.abort();
  return { get, ...(notices && { notices }) };
}

export function hasEventIds(reply: Reply): boolean {
  return eventsOf(reply).some(({ id }) => id !== undefined);
}
