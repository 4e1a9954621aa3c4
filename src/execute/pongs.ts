import { responseTo, routineIn } from '../model/client-capabilities.js';
import type { Reply } from '../model/reply.js';
import { connectionOf, type Actor, type Live, type CheckRun } from './check-run.js';
import { ordinary } from './request.js';

const pongsMax = 100;
const watchMs = 120_000;
const pongMs = 1_000;

/**
 * Answers what any client answers by itself on an open stream: pings, since one that does not answer may be given up, and which roots it
 * has, where it declared that it has some.
 */
export async function answerByItself({ call, node }: Live, actor: Actor, run: CheckRun): Promise<void> {
  const { deps } = run;
  const asked = (reply: Reply) =>
    reply.kind === 'response' && reply.content.kind === 'stream' ? routineIn(reply, actor.declares) : [];
  for (let answered = 0; answered < pongsMax; answered += 1) {
    const came = await call.waitFor((reply) => asked(reply).length > answered, watchMs * deps.timeScale);
    if (!came || (await deps.turn()) !== undefined || !isOpen(call.snapshot())) return;
    const request = asked(call.snapshot())[answered];
    if (request === undefined) return;
    const text = responseTo(request, `root-${run.fresh}`);
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
