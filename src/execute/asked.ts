import { requestsIn, type ServerRequest } from '../model/client-capabilities.js';
import { firstTrue } from '../model/first-true.js';
import { answerTo } from '../model/message.js';
import type { Reply } from '../model/reply.js';
import type { Asked } from '../model/transcript.js';
import type { Actor, CheckRun, Live } from './check-run.js';

/** The first thing that the server asked the client of an actor for, and that was not answered yet, on whichever of its streams it came. */
export function requestTo(name: string, run: CheckRun): ServerRequest | undefined {
  const actor = run.actors.get(name);
  const asked = streamsOf(name, run).flatMap(({ call }) => pendingIn(call.snapshot(), actor));
  return asked.toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0))[0];
}

/** Whether there is one in time. A call that has its answer makes the server ask no more. */
export async function untilAsked(name: string, withinMs: number, run: CheckRun): Promise<boolean> {
  const actor = run.actors.get(name);
  const waits = streamsOf(name, run).map(({ call, rpcId, of }) => {
    const isOver = (reply: Reply) => of.kind === 'send' && answerTo(reply, rpcId) !== undefined;
    return call.waitFor(
      (reply) => pendingIn(reply, actor).length > 0 || isOver(reply),
      withinMs * run.deps.timeScale,
    );
  });
  await firstTrue(waits);
  return requestTo(name, run) !== undefined;
}

/** What another client answers stays to be answered by the one that was asked. */
export function noteAnswered({ answers }: Pick<Asked, 'answers'>, { name, answered }: Actor): void {
  if (answers?.of === name) answered.add(answers.rpcId);
}

function pendingIn(reply: Reply, actor: Actor | undefined): readonly ServerRequest[] {
  return requestsIn(reply).filter(
    ({ rpcId, method }) => method !== 'roots/list' && actor?.answered.has(rpcId) !== true,
  );
}

/** Where a server may ask: on its GET streams, and with the answers that are still awaited. */
function streamsOf(name: string, { lives }: CheckRun): readonly Live[] {
  return lives.filter(
    ({ actor, of, settled }) =>
      actor === name && (of.kind === 'listen' || (of.kind === 'send' && of.background && !settled())),
  );
}
