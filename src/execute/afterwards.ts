import { answerTo, isAnsweredBy } from '../model/message.js';
import { askedAgainMax } from '../model/plan.js';
import { isBusy, isFault, isOwnLimit, type Reply } from '../model/reply.js';
import { firstRpcId, newActor, spareConnection, type Actor, type CheckRun, type Live } from './check-run.js';
import { modernRevision } from '../model/revision.js';
import { firstRequest } from './content.js';
import { maySend } from './exchange.js';
import { namedIn } from './ids.js';
import { mayKeepOut } from './keeping-out.js';
import { maskReply } from './masked.js';
import { noteSilence } from './patience.js';
import { ordinary } from './request.js';

/** It was not answered properly, which may be because nobody is. */
export function unsure(reply: Reply, { rpcId }: Live): boolean {
  if (reply.kind !== 'response') return reply.kind !== 'aborted' && !isOwnLimit(reply);
  if (isBusy(reply) || isFault(reply)) return true;
  const { content } = reply;
  if (content.end !== 'complete') return content.end === 'aborted' || content.end === 'truncated';
  return content.kind === 'stream' && rpcId !== undefined && answerTo(reply, rpcId) === undefined;
}

/** Nothing came before in this check, so nothing of it can be the cause of an error. */
function isFirst({ of: { kind } }: Live, { lives }: CheckRun): boolean {
  return kind === 'open' && lives.length === 1;
}

/**
 * After silence, half an answer, a refusal for load or a server error: does a fresh client get an answer? Tells what became of
 * this request from what becomes of all. The target is lost only where it fails several fresh clients, one after the other.
 */
export async function askAfterwards(live: Live, run: CheckRun, where: string): Promise<void> {
  const { deps, masks, facts } = run;
  // What we hold open ourselves must not be what holds everybody up.
  for (const { of, call, settled } of run.lives)
    if (of.kind === 'raw' && of.background && !settled()) call.abort();
  const startedMs = deps.clock.nowMs();
  let reply = await askFresh(live, run, where);
  // Chance drops one in a hundred, and hardly two; a check asks again so seldom that a target which hangs does not hold it up.
  while (reply !== undefined && fails(reply) && run.askedAgain < askedAgainMax && !deps.signal.aborted) {
    run.askedAgain += 1;
    reply = await askFresh(live, run, where);
  }
  if (reply === undefined) return;
  // Where one client keeps others out, or may do so, an error for that one tells nothing, unless its process can be started again.
  const first = isFirst(live, run);
  if (isFault(reply) && mayKeepOut(facts) && !(first && deps.operator !== undefined)) return;
  const lost = fails(reply);
  if (lost) deps.lost();
  // An error for everybody may be what this check has done to the target, so the judge shall see it as it is.
  if (isFault(reply) && !first) return;
  const tookMs = deps.clock.nowMs() - startedMs;
  const exchange = live.record();
  run.afterwards.set(exchange.seq, { reply: maskReply(reply, masks), tookMs });
  if (!lost) noteSilence(exchange, live, tookMs, run);
  if (lost) run.cut = { step: where, because: 'target-lost' };
}

function fails(reply: Reply): boolean {
  return (
    !isOwnLimit(reply) && (isFault(reply) || reply.kind !== 'response' || reply.content.end === 'aborted')
  );
}

/** What a client gets that opens a session on a connection of its own; undefined where that may not be sent. */
async function askFresh(live: Live, run: CheckRun, where: string): Promise<Reply | undefined> {
  const { deps, masks } = run;
  const connection = spareConnection(run, live.node);
  if (!(await maySend(run, where))) return undefined;
  const { revision } = run.facts;
  const id = firstRpcId(run);
  const text = JSON.stringify({ jsonrpc: '2.0', id, ...firstRequest(revision) });
  const fresh: Actor = {
    ...newActor(live.actor, id + 1),
    node: live.node,
    ...(revision === modernRevision && { modern: true, revision }),
  };
  const sent = ordinary(fresh, run, live.node, { does: 'message', text });
  if (sent === undefined) return undefined;
  const call = connection.send(sent, {
    timeoutMs: live.of.deadlineMs * deps.timeScale,
    until: (event) => isAnsweredBy(event, id),
    room: deps.places.roomFor(run.holder),
  });
  const reply = await call.settled;
  const [issued] = namedIn({ call, node: live.node }, run);
  if (issued !== undefined) {
    deps.sessions.issue(issued);
    masks.name(issued, 'session afterwards');
    const connections = new Map([[live.node, connection]]);
    run.left.push({ ...fresh, connections, session: issued });
    deps.places.taken();
  }
  return reply;
}
