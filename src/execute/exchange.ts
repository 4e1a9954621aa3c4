import { isAnsweredBy, textsOf, type RpcId } from '../model/message.js';
import { isSuccess } from '../model/reply.js';
import { idsCarried } from '../model/session-id.js';
import type { ExchangeStep, Step } from '../model/suite.js';
import type { Exchange } from '../model/transcript.js';
import type { Connection, SendOptions } from '../model/carrier.js';
import { namedIn } from './ids.js';
import { maskReply, maskSent } from './masked.js';
import {
  connectionOf,
  nodeOf,
  spareConnection,
  type Actor,
  type CheckRun,
  type ExecutorDeps,
  type Live,
} from './check-run.js';
import { deadlineOf, kindOf, noteAnswer } from './patience.js';
import type { Prepared } from './request.js';

function connectionFor({ connection }: ExchangeStep, actor: Actor, run: CheckRun, node: number): Connection {
  if (connection === 'new') return spareConnection(run, node);
  const keeper = typeof connection === 'object' ? run.actors.get(connection.of) : undefined;
  return connectionOf(keeper ?? actor, run, node);
}

/**
 * Sends what was prepared and waits until it is settled; all that comes goes on being recorded. Where it may not be sent the check
 * is cut.
 */
export async function perform(
  run: CheckRun,
  step: ExchangeStep,
  actor: Actor,
  { sent, asked, takesMs, behindMs }: Prepared,
  where: string,
  node: number,
): Promise<Live | undefined> {
  const { deps, masks } = run;
  const connection = connectionFor(step, actor, run, node);
  const own = actor.session === undefined ? undefined : masks.name(actor.session, `session ${actor.name}`);
  const carried = idsCarried(sent, nodeOf(run, node).carrier.idPlace);
  if (!(await maySend(run, where))) return undefined;
  const seq = run.nextSeq++;
  const kind = kindOf(asked, carried, run);
  const startedMs = deps.clock.nowMs();
  const { usedMs } = actor;
  const askedWallMs = deps.clock.wallMs();
  actor.usedMs = askedWallMs;
  const call = connection.send(sent, {
    timeoutMs: deadlineOf(step, kind, { carried, takesMs }, run),
    until: settles(step, asked.rpcId),
    ...(asked.kind === 'initialize' && { room: deps.places.roomFor(run.holder) }),
    ...(step.kind === 'send' && aborting[step.abort]),
  });
  let settledMs: number | undefined;
  let cameWallMs: number | undefined;
  let idle = false;
  const live: Live = {
    step: where,
    of: step,
    actor: actor.name,
    node,
    call,
    ...(asked.rpcId !== undefined && { rpcId: asked.rpcId }),
    carried,
    kind,
    awaited: 0,
    closed: false,
    takesMs,
    behindMs,
    settled: () => settledMs !== undefined,
    wallTimes: () => ({ askedMs: askedWallMs, cameMs: cameWallMs ?? deps.clock.wallMs() }),
    record: (): Exchange => {
      const reply = call.snapshot();
      const earlier = call.earlier?.() ?? [];
      const named = namedIn({ call, node }, run).map((id) =>
        asked.kind === 'initialize'
          ? masks.name(id, `session ${actor.name}`)
          : (masks.known(id) ?? masks.name(id, 'unasked session')),
      );
      return {
        kind: 'exchange',
        seq,
        step: where,
        actor: actor.name,
        ...(deps.nodes.length > 1 && { node }),
        ...(step.group !== undefined && { group: step.group }),
        asked: {
          ...asked,
          ...(idle && { idle }),
          session: carried.map((id) => masks.known(id) ?? masks.hide(id)),
          ...(own !== undefined && { own }),
          ...(asked.values && { values: masks.hideEach(asked.values) }),
        },
        sent: maskSent(sent, deps.secrets, masks),
        named,
        mentions: masks.mentioned(textsOf(reply).join('\n')),
        reply: maskReply(reply, masks),
        ...(earlier.length > 0 && { again: earlier.map((one) => maskReply(one, masks)) }),
        startedMs: call.startedMs?.() ?? startedMs,
        settledMs: settledMs ?? deps.clock.nowMs(),
      };
    },
  };
  run.lives.push(live);
  const settled = call.settled.then((reply) => {
    settledMs = deps.clock.nowMs();
    cameWallMs = deps.clock.wallMs();
    noteAnswer(reply, kind, carried, run);
    if (asked.kind === 'get' && reply.kind === 'response')
      deps.heads.came(settledMs - (call.startedMs?.() ?? startedMs));
    idle = wasIdle(usedMs, deps);
    if (asked.kind === 'initialize' && isSuccess(reply))
      for (const id of namedIn({ call, node }, run)) deps.sessions.issue(id);
    return reply;
  });
  if (!step.background) await settled;
  return live;
}

const aborting = {
  no: {},
  'when-sent': { abortWhenSent: true },
  'in-head': { abortWhenSent: true, stopIn: 'head' },
  'in-body': { abortWhenSent: true, stopIn: 'body' },
} as const satisfies Record<Step<'send'>['abort'], Partial<SendOptions>>;

/**
 * A session that was used before, and then not for as long as the target is said to keep it, may have ended before the request came to
 * it. Its time goes on while we stand still.
 */
function wasIdle(usedMs: number | undefined, { idleTimeoutMs, clock }: ExecutorDeps): boolean {
  return idleTimeoutMs > 0 && usedMs !== undefined && clock.wallMs() - usedMs >= idleTimeoutMs;
}

/** Waits for the turn of one request more; deadlines begin behind it. False, and the check is cut, where it does not come. */
export async function maySend(run: CheckRun, where: string): Promise<boolean> {
  const because = await run.deps.turn();
  if (because !== undefined) run.cut ??= { step: where, because };
  return because === undefined;
}

function settles(step: ExchangeStep, rpcId: RpcId | undefined): SendOptions['until'] {
  if (step.kind === 'listen') return 'head';
  if (rpcId === undefined) return 'end';
  return (event) => isAnsweredBy(event, rpcId);
}
