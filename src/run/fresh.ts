import { firstRequest } from '../execute/content.js';
import { isAnsweredBy } from '../model/message.js';
import type { Reply, StreamEvent } from '../model/reply.js';
import { modernRevision, type Revision } from '../model/revision.js';
import { idsNamed } from '../model/session-id.js';
import { actorHeaders, type RunState } from './session.js';

const endMs = 1_000;

const isAnswered = (event: StreamEvent): boolean => isAnsweredBy(event, 1);

/** What a fresh client gets to what it asks first; its session is ended. Undefined where it may not be asked. */
export async function askFresh(
  { nodes: [{ carrier }], traffic, options }: RunState,
  revision: Revision,
  timeoutMs: number,
): Promise<Reply | undefined> {
  const added = actorHeaders(options);
  const text = JSON.stringify({ jsonrpc: '2.0', id: 1, ...firstRequest(revision) });
  const isModern = revision === modernRevision;
  const sent = carrier.frame({
    does: 'message',
    text,
    ids: [],
    added,
    ...(isModern && { modern: true, revision }),
  });
  if ('because' in sent || (await traffic.turn()) !== undefined) return undefined;
  const connection = carrier.connect();
  const reply = await connection.send(sent, { timeoutMs, until: isAnswered }).settled;
  const ids = isModern ? [] : idsNamed(reply, carrier.idPlace);
  const end = carrier.frame({ does: 'end', ids, added });
  if (ids.length > 0 && !('because' in end) && (await traffic.turn()) === undefined)
    await connection.send(end, { timeoutMs: endMs, until: 'end' }).settled;
  await connection.close();
  return reply;
}
