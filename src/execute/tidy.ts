import { connectionOf } from './nodes.js';
import { ordinaryHeaders } from './request.js';
import type { Actor, Scene } from './scene.js';

const tidyMs = 1_000;

/** Ends every session that the check opened and every connection: a harness leaves nothing behind on somebody's server. */
export async function tidy(scene: Scene): Promise<void> {
  const { actors, left, lives, spare, ended, stage, facts, cut } = scene;
  for (const { call } of lives) call.abort();
  if (scene.stopped && !(await stage.operator?.start())) stage.lost();
  const open = [...actors.values(), ...left];
  const alive = open.filter(({ session }) => session !== undefined && !ended.has(session));
  if (facts.delete.offered && cut?.because !== 'target-lost')
    await Promise.all(alive.map((actor) => end(actor, scene)));
  const connections = [...spare];
  for (const actor of open) connections.push(...actor.connections.values());
  await Promise.all(connections.map((connection) => connection.close()));
}

async function end(actor: Actor, scene: Scene): Promise<void> {
  if ((await scene.stage.turn()) !== undefined) return;
  const headers = ordinaryHeaders(actor, 'DELETE', scene);
  const connection = connectionOf(actor, scene, actor.node);
  await connection.send({ method: 'DELETE', headers }, { timeoutMs: tidyMs, until: 'end' }).settled;
}
