import { isBusy, isFault, isOwnLimit, isSuccess, type Reply } from '../model/reply.js';
import { answerTo, isAnsweredBy, negotiatedIn } from '../model/message.js';
import { askedAgainMax } from '../model/plan.js';
import type { RequestKind } from '../model/profile.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, from } from '../model/template.js';
import { maySend, perform } from './exchange.js';
import { namedIn, Unalterable } from './ids.js';
import { mayKeepOut } from './keeping-out.js';
import { bringHead, isLate } from './late-head.js';
import { maskReply } from './masked.js';
import { chooseNode, noteEnded, spareConnection, type Actor, type Live, type CheckRun } from './check-run.js';
import { answerPings } from './pongs.js';
import { initializeParams, ordinary, prepare, type Prepared } from './request.js';
import { noteSilence } from './patience.js';
import { keepPlaces } from './saved.js';
import { outliveCache } from './stale.js';
import { Missing } from './values.js';

/** One exchange of an actor, with what follows from it: its session, the end of the check, the question who is silent. */
export async function runExchange(
  step: ExchangeStep,
  run: CheckRun,
  iteration: number | undefined,
): Promise<void> {
  const where = iteration === undefined ? step.path : `${step.path}#${iteration}`;
  const actor = actorFor(run, filled(step.as, from({ i: String(iteration ?? 0) })), step.kind === 'open');
  const node = chooseNode(step, actor, run);
  await outliveCache(step, run);
  const prepared = attempt(step, actor, run, iteration, node);
  if (prepared instanceof Error) {
    const missing = prepared instanceof Missing;
    const { message: because } = prepared;
    run.entries.push({
      kind: 'skipped',
      seq: run.nextSeq++,
      step: where,
      because,
      ...(missing && { missing }),
    });
    if (missing) run.cut ??= { step: where, because: 'setup' };
    return;
  }
  if (step.kind === 'open') actor.node = node;
  const late = step.kind === 'listen' && !step.background && isLate(step, run);
  const live = await perform(
    run,
    { ...step, background: step.background || late },
    actor,
    prepared,
    where,
    node,
  );
  if (late && live !== undefined && !(await bringHead(live, step, actor, run))) return;
  if (live !== undefined) keepPlaces(live, run, iteration);
  if (live !== undefined && step.kind === 'listen') void answerPings(live, actor, run);
  if (live === undefined || step.background) return;
  await conclude(live, prepared.asked.kind, step, actor, run, where);
}

async function conclude(
  live: Live,
  kind: RequestKind,
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  where: string,
): Promise<void> {
  const reply = live.call.snapshot();
  if (step.kind === 'open') await settle(live, step, actor, run);
  if (step.kind === 'send' && kind === 'initialize') leaveBehind(live, actor, run);
  if (step.kind === 'delete' && isSuccess(reply)) noteEnded(live.carried, run);
  if (step.group !== undefined) keepIssued(live, step.group, run);
  if (run.deps.signal.aborted) {
    const isCutShort =
      reply.kind === 'aborted' || (reply.kind === 'response' && reply.content.end === 'aborted');
    if (isCutShort) run.cut ??= { step: where, because: 'interrupted' };
    return;
  }
  if (looked(step) && unsure(reply, live)) await askAfterwards(live, run, where);
  if (run.cut === undefined && step.require !== undefined && !run.deps.meets(step.require, live.record())) {
    run.cut = { step: where, because: 'setup' };
  }
  // The rows of a table that stay unanswered would each cost their deadline, in each attempt, and show no more.
  if (step.judge?.kind === 'answer' && reply.kind === 'timeout' && hasControl(step, run))
    run.cut ??= { step: where, because: 'silence' };
}

/** Its control has run already. */
function hasControl({ control }: ExchangeStep, { lives }: CheckRun): boolean {
  return lives.some(({ of }) => of.name !== undefined && of.name === control);
}

function attempt(
  step: ExchangeStep,
  actor: Actor,
  run: CheckRun,
  iteration: number | undefined,
  node: number,
): Prepared | Unalterable | Missing {
  try {
    return prepare(step, actor, run, iteration, node);
  } catch (error) {
    if (error instanceof Unalterable || error instanceof Missing) return error;
    throw error;
  }
}

/** The actor of that name; a client that opens once more is a new one with the same name, on new connections. */
function actorFor(run: CheckRun, name: string, fresh: boolean): Actor {
  const known = run.actors.get(name);
  if (known !== undefined && !(fresh && known.session !== undefined)) return known;
  if (known !== undefined) run.left.push(known);
  const actor: Actor = {
    name,
    connections: new Map(),
    node: 0,
    nextRpcId: firstRpcId(run),
  };
  run.actors.set(name, actor);
  return actor;
}

const rpcIdsPerActor = 1000;

function firstRpcId({ deps }: CheckRun): number {
  return deps.actorNumber() * rpcIdsPerActor;
}

/** An initialize that succeeded makes a session; the notification that completes the handshake follows at once. */
async function settle(
  live: Live,
  step: Extract<ExchangeStep, { kind: 'open' }>,
  actor: Actor,
  run: CheckRun,
): Promise<void> {
  const reply = live.call.snapshot();
  const negotiated = isSuccess(reply) ? negotiatedIn(reply) : undefined;
  if (negotiated === undefined) return;
  const [issued] = namedIn(live, run);
  if (issued !== undefined) {
    actor.session = issued;
    run.deps.places.taken();
    run.masks.name(issued, `session ${actor.name}`);
  }
  if (negotiated !== '2025-03-26') actor.revision = negotiated;
  if (!step.initialized) return;
  const { require: _, judge: __, group: ___, name: ____, control: _____, save: ______, ...rest } = step;
  const notify: ExchangeStep = {
    ...rest,
    session: { kind: 'own' },
    kind: 'notify',
    method: 'notifications/initialized',
    path: `${step.path}.initialized`,
  };
  await perform(
    run,
    notify,
    actor,
    prepare(notify, actor, run, undefined, live.node),
    live.step.replace(step.path, notify.path),
    live.node,
  );
}

/**
 * A session that a bare initialize opened belongs to no actor, yet it must be ended too. A refusal may name the session of another
 * client, which is not ours to end.
 */
function leaveBehind(live: Live, { name, connections }: Actor, run: CheckRun): void {
  const known = new Set([...run.actors.values(), ...run.left].map(({ session }) => session));
  const isForeign = (id: string) =>
    !isSuccess(live.call.snapshot()) && run.deps.sessions.numberOf(id) !== undefined;
  for (const session of namedIn(live, run))
    if (!known.has(session) && !isForeign(session))
      run.left.push({ name, node: live.node, connections, session, nextRpcId: 1 });
}

function keepIssued(live: Live, record: string, run: CheckRun): void {
  const ids = run.issued.get(record) ?? [];
  ids.push(...namedIn(live, run).slice(0, 1));
  run.issued.set(record, ids);
}

function looked(step: ExchangeStep): boolean {
  return step.require !== undefined || step.judge !== undefined || step.group !== undefined;
}

function unsure(reply: Reply, { rpcId }: Live): boolean {
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
async function askAfterwards(live: Live, run: CheckRun, where: string): Promise<void> {
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
  const params = initializeParams(run.facts.revision);
  const id = firstRpcId(run);
  const text = JSON.stringify({ jsonrpc: '2.0', id, method: 'initialize', params });
  const fresh: Actor = { name: live.actor, node: live.node, connections: new Map(), nextRpcId: id + 1 };
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
