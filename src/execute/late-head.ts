import { saysSomething } from '../model/message.js';
import { eventsOf, type Reply } from '../model/reply.js';
import type { Facts } from '../model/facts.js';
import type { Step } from '../model/suite.js';
import type { Actor, CheckRun, Live } from './check-run.js';
import { perform } from './exchange.js';
import { prepare } from './request.js';

/** A head that comes by itself, such as that of a refusal, comes within this time; one that a message brings, soon behind it. */
const byItselfMs = 200;
const broughtMs = 1_000;

/** Whether the target sends the head of this stream with its first event only, so that it cannot be waited for. */
export function isLate(step: Pick<Step, 'kind'>, { facts }: CheckRun): boolean {
  return step.kind === 'listen' && facts.get?.late === true;
}

/**
 * Makes the head of a stream come, by a message that its own session causes, or by the end of that session where discovery found nothing
 * else. Where nothing comes all the same, the stream is given up: whether it was opened cannot be told.
 */
export async function bringHead(
  live: Live,
  step: Step<'listen'>,
  actor: Actor,
  run: CheckRun,
): Promise<boolean> {
  const { timeScale, heads } = run.deps;
  const cause = step.session.kind === 'own' ? causing(step, run.facts) : undefined;
  if (await live.call.waitFor(isSettled, byItselfMs * timeScale)) return true;
  if (cause !== undefined && actor.session !== undefined && !run.ended.has(actor.session)) {
    await perform(run, cause, actor, prepare(cause, actor, run, undefined, live.node), cause.path, live.node);
    const came = await live.call.waitFor(isSettled, Math.max(broughtMs * timeScale, heads.leastMs()));
    // What was to bring the head is no event that a step waits for, on whichever stream it came.
    for (const each of run.lives)
      if (each.of.kind === 'listen')
        each.awaited = eventsOf(each.call.snapshot()).filter(saysSomething).length;
    if (came) return true;
  }
  live.call.abort();
  run.lives.splice(run.lives.indexOf(live), 1);
  const because = 'the head of a stream on GET comes with its first event, and none came on this one';
  run.entries.push({ kind: 'skipped', seq: run.nextSeq++, step: live.step, because });
  return false;
}

function isSettled(reply: Reply): boolean {
  return reply.kind === 'response' || reply.kind === 'dropped';
}

/** Discovery found that this makes a message come, or ends the stream with its head. */
function causing(
  { as, when, node, deadlineMs, path }: Step<'listen'>,
  { probes, get }: Facts,
): Step<'send' | 'delete'> | undefined {
  const common = {
    as,
    when,
    ...(node !== undefined && { node }),
    deadlineMs,
    path: `${path}.head`,
    session: { kind: 'own' },
    revisionHeader: { kind: 'negotiated' },
    headers: {},
    connection: 'kept',
    background: false,
    observe: true,
  } as const;
  if (probes.push !== undefined)
    return { ...common, kind: 'send', method: 'probe.push', nonce: true, abort: 'no' };
  return get?.offered === true ? undefined : { ...common, kind: 'delete' };
}
