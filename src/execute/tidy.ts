import type { Actor, Scene } from './scene.js';

const tidyMs = 1_000;

/** Ends every session that the check opened and every connection: a harness leaves nothing behind on somebody's server. */
export async function tidy({ actors, left, lives, spare, ended, stage, facts, cut }: Scene): Promise<void> {
  for (const { call } of lives) call.abort();
  const open = [...actors.values(), ...left];
  const alive = open.filter(({ session }) => session !== undefined && !ended.has(session));
  if (facts.delete.offered && cut?.because !== 'target-lost')
    await Promise.all(alive.map((actor) => end(actor, stage)));
  await Promise.all(
    [...open, ...spare.map((connection) => ({ connection }))].map(({ connection }) => connection.close()),
  );
}

async function end({ name, session, revision, connection }: Actor, stage: Scene['stage']): Promise<void> {
  if (session === undefined) return;
  stage.count();
  const headers = [
    ...(revision === undefined ? [] : [['MCP-Protocol-Version', revision] as const]),
    ['Mcp-Session-Id', session] as const,
    ...stage.headersOf(name),
  ];
  await connection.send({ method: 'DELETE', headers }, { timeoutMs: tidyMs, until: 'end' }).settled;
}
