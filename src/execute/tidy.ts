import { connectionOf } from './nodes.js';
import { ordinary } from './request.js';
import type { Actor, CheckRun } from './check-run.js';

const tidyMs = 1_000;

/** Ends every session that the check opened and every connection: a harness leaves nothing behind on somebody's server. */
export async function tidy(run: CheckRun): Promise<void> {
  const { actors, left, lives, spare, ended, deps, facts, cut } = run;
  for (const { call } of lives) call.abort();
  if (run.stopped && !(await deps.operator?.start())) deps.lost();
  const open = [...actors.values(), ...left];
  const alive = open.filter(({ session }) => session !== undefined && !ended.has(session));
  if (facts.delete.offered && cut?.because !== 'target-lost')
    await Promise.all(alive.map((actor) => end(actor, run)));
  const connections = [...spare];
  for (const actor of open) connections.push(...actor.connections.values());
  await Promise.all(connections.map((connection) => connection.close()));
}

async function end(actor: Actor, run: CheckRun): Promise<void> {
  const sent = ordinary(actor, run, actor.node, { does: 'end' });
  if (sent === undefined || (await run.deps.turn()) !== undefined) return;
  const connection = connectionOf(actor, run, actor.node);
  await connection.send(sent, { timeoutMs: tidyMs, until: 'end' }).settled;
}
