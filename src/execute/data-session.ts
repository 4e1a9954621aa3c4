import { createdIn, creating, ending, idIn } from '../model/data-session.js';
import { answerTo } from '../model/message.js';
import type { ExchangeStep } from '../model/suite.js';
import { connectionOf, type Actor, type CheckRun } from './check-run.js';
import { ownerOf, wantsCookie } from './cookie.js';
import { perform } from './exchange.js';
import { ordinary, prepare } from './request.js';

/**
 * Where a target has data-layer sessions, a probe that calls a tool goes with the cookie of one: that of the client whose session it
 * names, which is created with its first such call. A step that says what is in `_meta` is left as it is.
 */
export async function bringCookie(step: ExchangeStep, sender: Actor, run: CheckRun): Promise<void> {
  const create = creating(run.facts.dataSessions);
  if (create === undefined || !wantsCookie(step, run)) return;
  const owner = ownerOf(step, sender, run);
  if (owner.session === undefined && run.facts.issuesIds) return;
  owner.dataSession ??= { asked: createFor(owner, create.method, step, run) };
  await owner.dataSession.asked;
}

/** Ends the data-layer session of a client before its own ends. */
export async function endDataSession(owner: Actor, run: CheckRun, timeoutMs: number): Promise<void> {
  const { cookie } = owner.dataSession ?? {};
  const end = cookie === undefined ? undefined : ending(run.facts.dataSessions, cookie);
  if (end === undefined) return;
  const text = JSON.stringify({ jsonrpc: '2.0', id: owner.nextRpcId++, ...end });
  const sent = ordinary(owner, run, owner.node, { does: 'message', text });
  if (sent === undefined || (await run.deps.turn()) !== undefined) return;
  await connectionOf(owner, run, owner.node).send(sent, { timeoutMs, until: 'end' }).settled;
}

async function createFor(owner: Actor, method: string, step: ExchangeStep, run: CheckRun): Promise<void> {
  const create: ExchangeStep = {
    kind: 'send',
    path: `${step.path}.data-session`,
    when: [],
    as: owner.name,
    session: { kind: 'own' },
    revisionHeader: { kind: 'negotiated' },
    headers: {},
    connection: 'kept',
    deadlineMs: step.deadlineMs,
    background: false,
    observe: true,
    method,
    nonce: false,
    abort: 'no',
  };
  const prepared = prepare(create, owner, run, undefined, owner.node);
  const live = await perform(run, create, owner, prepared, create.path, owner.node);
  const { dataSessions } = run.facts;
  if (live === undefined || dataSessions === undefined || owner.dataSession === undefined) return;
  const cookie = createdIn(dataSessions, answerTo(live.call.snapshot(), live.rpcId)?.result);
  if (cookie === undefined) return;
  owner.dataSession.cookie = cookie;
  const id = idIn(dataSessions, cookie);
  if (id !== undefined) run.masks.name(id, `data session ${owner.name}`);
}
