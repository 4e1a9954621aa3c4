import type { Reply } from '../model/reply.js';
import { messagesIn, pingsIn, type RpcId } from '../model/message.js';
import { connectionOf, type Actor, type Live, type CheckRun } from './check-run.js';
import { ordinary } from './request.js';

const pongsMax = 100;
const watchMs = 120_000;
const pongMs = 1_000;

/** Answers what the target asks on an open stream to see whether its client is there; a client that does not answer may be given up. */
export async function answerPings({ call, node }: Live, actor: Actor, run: CheckRun): Promise<void> {
  const { deps } = run;
  for (let answered = 0; answered < pongsMax; answered += 1) {
    const came = await call.waitFor((reply) => pingIds(reply).length > answered, watchMs * deps.timeScale);
    if (!came || (await deps.turn()) !== undefined || !isOpen(call.snapshot())) return;
    const text = JSON.stringify({ jsonrpc: '2.0', id: pingIds(call.snapshot())[answered], result: {} });
    const sent = ordinary(actor, run, node, { does: 'message', text });
    if (sent === undefined) return;
    const options = { timeoutMs: pongMs * deps.timeScale, until: 'end' as const };
    await connectionOf(actor, run, node).send(sent, options).settled;
  }
}

/** Once the check has dropped the stream its connections are closed as well. */
function isOpen(reply: Reply): boolean {
  return reply.kind === 'response' && reply.content.end === 'open';
}

function pingIds(reply: Reply): readonly RpcId[] {
  return reply.kind === 'response' && reply.content.kind === 'stream' ? pingsIn(messagesIn(reply)) : [];
}
