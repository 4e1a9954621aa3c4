import pLimit from 'p-limit';
import type { Facts } from '../model/facts.js';
import { secretValues } from '../model/secrets.js';
import type { Check } from '../model/suite.js';
import type { Entry, Exchange, Transcript } from '../model/transcript.js';
import { createMasks } from './masks.js';
import { maskSaved, savedNames } from './saved.js';
import { randomFrom } from './random.js';
import { type CheckRun, type ExecutorDeps, type Actor, type Live, connectionOf } from './check-run.js';
import { endDataSession } from './data-session.js';
import { isSuccess, statusOf } from '../model/reply.js';
import { noteEnded } from './check-run.js';
import { noteTidied, tidyingMs } from './patience.js';
import { createSilences } from './silences.js';
import { runSteps } from './steps.js';
import { ordinary } from './request.js';

/** Drives the carriers through a check and writes down what came. Never throws for what the target does. */
export async function execute(
  check: Pick<Check, 'id' | 'steps'>,
  facts: Facts,
  deps: ExecutorDeps,
): Promise<Transcript> {
  const run = beginRun(check, facts, deps);
  try {
    await runSteps(check.steps, run, undefined);
    return transcriptOf(check.id, run);
  } finally {
    await tidy(run);
  }
}

export function beginRun(
  { id, steps }: Pick<Check, 'id' | 'steps'>,
  facts: Facts,
  deps: ExecutorDeps,
  lasting = false,
): CheckRun {
  const addresses = deps.nodes.flatMap(({ address }) => (address.kind === 'http' ? [address.url] : []));
  const actors = new Map<string, Actor>();
  const left: Actor[] = [];
  const ended = new Set<string>();
  const held = () => alive([...actors.values(), ...left], ended).length;
  const holder = { held, lasting };
  return {
    holder,
    leave: deps.places.enter(holder),
    deps: { ...deps, lost: onlyOnce(deps.lost) },
    facts,
    random: randomFrom(`${deps.seed} ${id} ${facts.revision}${again(deps)}`),
    masks: createMasks(secretValues(deps.secrets, addresses), deps.showIds, deps.sessions),
    actors,
    left,
    lives: [],
    silences: createSilences(),
    entries: [],
    saved: new Map(),
    savedNames: new Set(savedNames(steps)),
    words: JSON.stringify(steps),
    nonces: [],
    written: new Map(),
    issued: new Map(),
    ended,
    spare: [],
    afterwards: new Map(),
    fresh: String(deps.actorNumber()),
    turns: 0,
    askedAgain: 0,
    unseated: new Set(),
    stopped: false,
    nextSeq: 1 + (deps.attempt?.entriesBefore ?? 0),
  };
}

export function transcriptOf(check: string, run: CheckRun): Transcript {
  const { facts, cut, masks } = run;
  const entries = recorded(run);
  return { check, revision: facts.revision, entries, sessions: masks.numbers(), ...(cut && { cut }) };
}

/** Another attempt draws other words, so that no word belongs to two sessions. */
function again({ attempt }: ExecutorDeps): string {
  return attempt === undefined ? '' : ` attempt ${attempt.number}`;
}

function onlyOnce(tell: () => void): () => void {
  let isTold = false;
  return () => {
    if (!isTold) tell();
    isTold = true;
  };
}

/** Streams are written down as they stand in the end, with all that came after they were settled. */
function recorded(run: CheckRun): readonly Entry[] {
  maskSaved(run);
  const exchanges = run.lives.flatMap((live) => {
    const exchange = live.record();
    if (run.cut?.because === 'interrupted' && isOurDoing(exchange, live)) return [];
    const asked = run.afterwards.get(exchange.seq);
    return asked === undefined
      ? exchange
      : { ...exchange, afterwards: asked.reply, afterwardsMs: asked.tookMs };
  });
  return [...exchanges, ...run.entries, ...processExits(run)].sort((a, b) => a.seq - b.seq);
}

/** What came of a request that an interrupt ended says nothing of the target. */
function isOurDoing({ reply }: Exchange, { of }: Live): boolean {
  if (reply.kind === 'aborted') return of.kind !== 'send' || of.abort === 'no';
  return reply.kind === 'response' && reply.content.end === 'aborted' && of.kind !== 'listen';
}

/** Processes of clients that ended before their clients were done with them. */
function processExits(run: CheckRun): readonly Entry[] {
  return [...run.actors.values(), ...run.left].flatMap(({ name, connections }) =>
    [...connections.values()].flatMap((connection): readonly Entry[] => {
      const ended = connection.ended?.();
      if (ended === undefined) return [];
      const stderr = run.masks.hide(ended.stderr);
      return [{ kind: 'exited', seq: run.nextSeq++, step: '', actor: name, ...ended, stderr }];
    }),
  );
}

const tidyMs = 1_000;
const endedAtOnce = 50;

/** Ends every session that the check opened and every connection: a harness leaves nothing behind on a server. */
export async function tidy(run: CheckRun): Promise<void> {
  const { actors, left, lives, spare, ended, deps, facts, cut } = run;
  // What they hold was written down, and to end a large burst takes as long as the burst.
  for (const { call } of lives.splice(0)) call.abort();
  if (run.stopped && (await deps.operator?.start())?.answers !== true) deps.lost();
  const open = [...actors.values(), ...left];
  // Only so many at once: for each session of a large burst a connection may have to be opened again.
  const limit = pLimit(endedAtOnce);
  if (facts.delete.offered && cut?.because !== 'target-lost')
    await Promise.all(alive(open, ended).map((actor) => limit(() => end(actor, run))));
  const connections = [...spare];
  for (const actor of open) connections.push(...actor.connections.values());
  run.leave();
  await Promise.all(connections.map((connection) => connection.close()));
}

function alive(actors: readonly Actor[], ended: ReadonlySet<string>): readonly Actor[] {
  return actors.filter(({ session }) => session !== undefined && !ended.has(session));
}

async function end(actor: Actor, run: CheckRun): Promise<void> {
  const sent = ordinary(actor, run, actor.node, { does: 'end' });
  if (sent === undefined || (await run.deps.turn()) !== undefined) return;
  const connection = connectionOf(actor, run, actor.node);
  await endDataSession(actor, run, tidyMs);
  const timeoutMs = tidyingMs(tidyMs, actor.session ?? '', run);
  const reply = await connection.send(sent, { timeoutMs, until: 'end' }).settled;
  noteTidied(reply, run);
  if (actor.session !== undefined && isSuccess(reply)) noteEnded([actor.session], run);
  else if (statusOf(reply) !== 404) run.deps.places.left();
  await connection.close();
  actor.connections.clear();
}
