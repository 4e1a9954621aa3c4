import { answerTo, negotiatedIn } from '../model/message.js';
import type { RequestKind } from '../model/profile.js';
import { isSuccess, type Reply } from '../model/reply.js';
import { limitIn } from '../model/limit.js';
import { roomLeast } from '../model/room.js';
import type { ExchangeStep } from '../model/suite.js';
import { filled, from, textOf } from '../model/template.js';
import { askAfterwards, unsure } from './afterwards.js';
import {
  chooseNode,
  firstRpcId,
  newActor,
  noteEnded,
  type Actor,
  type CheckRun,
  type Live,
} from './check-run.js';
import { takeCookie } from './cookie.js';
import { bringCookie } from './data-session.js';
import { perform } from './exchange.js';
import { madeBy } from './made.js';
import { namedIn, Unalterable } from './ids.js';
import { bringHead, isLate } from './late-head.js';
import { noteAnswered, untilAsked } from './asked.js';
import { answerByItself } from './pongs.js';
import { prepare, type Prepared } from './request.js';
import { eraOf, modernRevision, type Era } from '../model/revision.js';
import { keepPlaces, maskMade } from './saved.js';
import { outliveCache } from './stale.js';
import { Missing } from './values.js';

/** One exchange of an actor, with what follows from it: its session, the end of the check, the question who is silent. */
export async function runExchange(
  step: ExchangeStep,
  run: CheckRun,
  iteration: number | undefined,
): Promise<void> {
  const where = iteration === undefined ? step.path : `${step.path}#${iteration}`;
  const name = filled(step.as, from({ i: String(iteration ?? 0) }));
  if (iteration !== undefined && isLeftOut(name, step, run)) return;
  const actor = actorFor(run, name, step);
  const node = chooseNode(step, actor, run);
  await outliveCache(step, run);
  if (step.kind === 'answer') await untilAsked(step.asked, step.deadlineMs, run);
  await bringCookie(step, actor, run);
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
  if (step.kind === 'open') Object.assign(actor, { node, declares: step.declares });
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
  if (live !== undefined) takeCookie(live, actor, run);
  if (step.kind === 'answer') noteAnswered(prepared.asked, actor);
  if (live !== undefined && mayBeAsked(step, actor)) void answerByItself(live, actor, run);
  if (live === undefined || step.background) return;
  if (
    iteration !== undefined &&
    step.kind === 'open' &&
    step.initialized &&
    isForWantOfRoom(live.call.snapshot(), run)
  )
    run.unseated.add(name);
  else await conclude(live, prepared.asked.kind, step, actor, run, where);
}

/** On a GET stream, and with the answer that a client which can be asked is still waiting for. */
function mayBeAsked(step: ExchangeStep, { declares }: Actor): boolean {
  return step.kind === 'listen' || (step.kind === 'send' && step.background && declares.length > 0);
}

/** A check that opens sessions in number takes as many as there is room for. */
function isLeftOut(name: string, { kind }: ExchangeStep, { unseated }: CheckRun): boolean {
  if (kind === 'open' && unseated.size > 0) unseated.add(name);
  return unseated.has(name);
}

function isForWantOfRoom(reply: Reply, { holder, facts }: CheckRun): boolean {
  const { by = '429' } = limitIn(reply, 0) ?? {};
  return by !== '429' && holder.held() >= roomLeast(facts);
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
  maskMade(live, run);
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
function actorFor(run: CheckRun, name: string, step: ExchangeStep): Actor {
  const known = run.actors.get(name);
  const isModern = eraSpoken(step, run) === 'modern';
  const isFresh =
    step.kind === 'open' && (known?.session !== undefined || (known?.modern === true) !== isModern);
  if (known !== undefined && !isFresh) return known;
  if (known !== undefined) run.left.push(known);
  const actor: Actor = {
    ...newActor(name, firstRpcId(run)),
    ...(isModern && { modern: true, revision: modernRevision }),
  };
  run.actors.set(name, actor);
  return actor;
}

/** An actor speaks as it was opened, and where it was not, as the run does. */
function eraSpoken(step: ExchangeStep, { facts }: CheckRun): Era {
  return eraOf((step.kind === 'open' ? step.revision : undefined) ?? facts.revision);
}

/** An initialize that succeeded makes a session; the notification that completes the handshake follows at once. */
async function settle(
  live: Live,
  step: Extract<ExchangeStep, { kind: 'open' }>,
  actor: Actor,
  run: CheckRun,
): Promise<void> {
  if (actor.modern) return;
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
 * A session that a bare initialize opened belongs to no actor, yet it must be ended too. One that a refusal names may be another
 * client's, and is not ours to end.
 */
function leaveBehind(live: Live, { name, connections }: Actor, run: CheckRun): void {
  if (!isSuccess(live.call.snapshot())) return;
  const known = new Set([...run.actors.values(), ...run.left].map(({ session }) => session));
  for (const session of namedIn(live, run))
    if (!known.has(session)) run.left.push({ ...newActor(name, 1), node: live.node, connections, session });
}

function keepIssued(live: Live, record: string, run: CheckRun): void {
  const ids = run.issued.get(record) ?? [];
  const made = madeBy(live.of, answerTo(live.call.snapshot(), live.rpcId)?.result, run);
  ids.push(...(made === undefined ? namedIn(live, run).slice(0, 1) : [textOf(made)]));
  run.issued.set(record, ids);
}

function looked(step: ExchangeStep): boolean {
  return step.require !== undefined || step.judge !== undefined || step.group !== undefined;
}
