import { saysSomething } from '../model/message.js';
import { eventsOf, type Reply } from '../model/reply.js';
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
 * Makes the head of a stream come, by a message that its own session causes. Where nothing comes all the same, the stream is given up:
 * whether it was opened cannot be told.
 */
export async function bringHead(
  live: Live,
  step: Step<'listen'>,
  actor: Actor,
  run: CheckRun,
): Promise<boolean> {
  const { timeScale } = run.deps;
  const isBrought = run.facts.probes.push !== undefined && step.session.kind === 'own';
  if (await live.call.waitFor(isSettled, byItselfMs * timeScale)) return true;
  if (isBrought && actor.session !== undefined && !run.ended.has(actor.session)) {
    const cause = causing(step);
    await perform(run, cause, actor, prepare(cause, actor, run, undefined, live.node), cause.path, live.node);
    const came = await live.call.waitFor(isSettled, broughtMs * timeScale);
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

/** Discovery found that this makes a message come. */
function causing({ as, when, node, deadlineMs, path }: Step<'listen'>): Step<'send'> {
  return {
    kind: 'send',
    as,
    when,
    ...(node !== undefined && { node }),
    deadlineMs,
    path: `${path}.head`,
    method: 'probe.push',
    nonce: true,
    abort: 'no',
    session: { kind: 'own' },
    revisionHeader: { kind: 'negotiated' },
    headers: {},
    connection: 'kept',
    background: false,
    observe: true,
  };
}
