import { setTimeout as sleep } from 'node:timers/promises';
import { describeSent } from '../model/describe-exchange.js';
import type { DuringRequest, Incident } from '../model/incident.js';
import type { Exit } from '../model/framing.js';
import type { Reply } from '../model/reply.js';
import type { Operator, ProcessEnd } from '../model/run.js';
import type { Exchange, Transcript } from '../model/transcript.js';
import { nowMs } from '../carriers/clock.js';
import type { Suspicion } from './target-run.js';
import { actorHeaders, noticeIncident, type RunState, type Unnumbered } from './session.js';

/** Follows the target's process, and makes an incident of each time that the target is lost. */
export interface Losses {
  /** What a check saw, which tells at which request the target was lost. */
  readonly saw: (transcript: Transcript) => void;
  readonly lost: (suspicion: Suspicion) => void;
  /** Waits a moment for an end of the process that follows on something. */
  readonly linger: () => Promise<void>;
  /** Resolves when each loss is an incident. Before that the target must not be started again. */
  readonly settled: () => Promise<void>;
  /** Takes back what was lost to a target that answers after all. */
  readonly forgive: () => void;
  /** To be called when the target is started again. */
  readonly renew: () => void;
  /** Settles what is left, and ends the watch over the process. */
  readonly close: () => Promise<void>;
  /** The run's operator; a start that fails is an incident. */
  readonly operator?: Operator;
}

/** An end that was caused is told of within this time. */
const lingerMs = 300;
/** The connections of a process close before its end is told of, and its last words come after it. */
const endMs = 1_000;

/** When something was noticed. */
interface Moment {
  readonly request: number;
  readonly atMs: number;
}

interface Loss extends Suspicion, Moment {}

export function createLosses(session: RunState): Losses {
  const { options, traffic } = session;
  const { operator } = options;
  // Each attempt of a check: a later one may tell only that nothing listens any more.
  const seen: Transcript[] = [];
  const losses: Loss[] = [];
  let end: (ProcessEnd & Moment) | undefined;
  const wakers = new Set<() => void>();
  const forget = operator?.watch?.((ended) => {
    end ??= { ...ended, request: traffic.exchanges, atMs: nowMs() };
    traffic.lost += 1;
    for (const wake of wakers) wake();
  });
  const ended = (withinMs: number) => (end === undefined ? awaited(wakers, withinMs) : Promise.resolve());
  const settled = async () => {
    for (const loss of losses.splice(0)) {
      if (forget !== undefined) await ended(endMs);
      // Lost before the first check, which was told of then.
      if (loss.suspects.length === 0 && end === undefined && isTold(session)) continue;
      const transcripts = seen.filter(({ check }) => loss.suspects.includes(check));
      const gone = operator === undefined && (await isGone(session));
      const words = (await end?.words) ?? [];
      noticeIncident(session, incidentOf(loss, end && { ...end, words }, transcripts, gone));
    }
  };
  return {
    ...(operator && { operator: watched(operator, session) }),
    saw: (transcript) => void seen.push(transcript),
    lost: (suspicion) => void losses.push({ ...suspicion, request: traffic.exchanges, atMs: nowMs() }),
    async linger() {
      if (forget === undefined) return;
      await ended(lingerMs);
      // A process that is about to end answers nobody; on a busy machine its end takes longer than the wait above.
      if (end === undefined && (await isSilent(session))) await ended(endMs);
    },
    settled,
    forgive: () => void losses.splice(0),
    renew: () => (end = undefined),
    async close() {
      await settled();
      forget?.();
    },
  };
}

function isTold({ incidents }: RunState): boolean {
  return incidents.some(({ kind }) => kind === 'stopped-answering');
}

function watched(operator: Operator, session: RunState): Operator {
  return {
    ...operator,
    async start() {
      const start = await operator.start();
      if (!start.answers) noticeIncident(session, { kind: 'not-restarted', says: start.says });
      return start;
    },
  };
}

const goneTries = 4;
const goneEveryMs = 500;

/** Whether nothing listens at the address any more. A supervisor gets the time to start it again. */
async function isGone(session: RunState): Promise<boolean> {
  for (let tried = 0; tried < goneTries; tried += 1) {
    if (tried > 0) await sleep(goneEveryMs);
    const reply = await asked(session);
    if (reply?.kind !== 'dropped' || reply.code !== 'ECONNREFUSED') return false;
  }
  return true;
}

async function isSilent(session: RunState): Promise<boolean> {
  const reply = await asked(session);
  return reply !== undefined && reply.kind !== 'response';
}

/** What a client without a session gets: any answer will do. */
async function asked({ nodes: [{ carrier }], traffic, options }: RunState): Promise<Reply | undefined> {
  const text = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  const sent = carrier.frame({ does: 'message', text, ids: [], added: actorHeaders(options) });
  if ('because' in sent || (await traffic.turn()) !== undefined) return undefined;
  const connection = carrier.connect();
  const reply = await connection.send(sent, { timeoutMs: endMs, until: 'end' }).settled;
  await connection.close();
  return reply;
}

/** Resolves when woken, or after a time. */
function awaited(wakers: Set<() => void>, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      wakers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, withinMs);
    wakers.add(wake);
  });
}

function incidentOf(
  { suspects, alone, ...loss }: Loss,
  end: (Exit & Moment & { readonly words: readonly string[] }) | undefined,
  transcripts: readonly Transcript[],
  gone: boolean,
): Unnumbered<Incident> {
  const { request, atMs } = end ?? loss;
  const during = duringRequest(transcripts, atMs);
  const around = { suspects, request, ...(alone && { alone }), ...(during && { during }) };
  if (end === undefined) return { kind: 'stopped-answering', ...around, ...(gone && { gone }) };
  const { code, signal, words } = end;
  return { kind: 'process-exited', code, signal, words, ...around };
}

/** The last request that was sent before: rather one that was never answered than one that was. */
function duringRequest(transcripts: readonly Transcript[], atMs: number): DuringRequest | undefined {
  const sent = transcripts
    .flatMap(({ check, entries }) =>
      entries.flatMap((entry) => (entry.kind === 'exchange' ? [{ check, entry }] : [])),
    )
    .filter(({ entry }) => entry.startedMs <= atMs && !isRefusedConnection(entry))
    .toSorted((a, b) => b.entry.startedMs - a.entry.startedMs);
  const last = sent.find(({ entry }) => entry.settledMs >= atMs || isUnanswered(entry)) ?? sent[0];
  return last && { check: last.check, step: last.entry.step, sent: describeSent(last.entry) };
}

/** It never reached a process. One that was sent again, because its connection ended, had reached one before. */
function isRefusedConnection({ reply, again = [] }: Exchange): boolean {
  return [reply, ...again].every((one) => one.kind === 'dropped' && one.code === 'ECONNREFUSED');
}

function isUnanswered({ reply }: Exchange): boolean {
  return reply.kind !== 'response' || reply.content.end !== 'complete';
}
