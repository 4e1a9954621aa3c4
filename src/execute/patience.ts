import { slowMs } from '../model/facts.js';
import type { Reply } from '../model/reply.js';
import type { Exchange } from '../model/transcript.js';
import type { ExchangeStep } from '../model/suite.js';
import type { CheckRun, Live } from './check-run.js';
import type { Prepared } from './request.js';

/** The kind of a request: what is asked, and whose id it carries. */
export function kindOf(asked: Prepared['asked'], carried: readonly string[], run: CheckRun): string {
  return `${asked.kind} ${whose(carried, run)}`;
}

function whose(ids: readonly string[], { ended, deps: { sessions } }: CheckRun): string {
  if (ids.length === 0) return 'none';
  if (ids.every((id) => id.trim() === '')) return 'blank';
  const numbers = new Set(ids.map((id) => sessions.numberOf(id)));
  if (numbers.has(undefined)) return 'unknown';
  if (ids.some((id) => ended.has(id))) return 'ended';
  // On some servers the newest session takes the place of all others.
  return numbers.has(sessions.count()) ? 'newest' : 'older';
}

/** One silence of its kind tells enough for the rest of a check, and a few for the rest of the run. */
const timesInCheck = 1;
const timesInRun = 3;
/** Such a request is waited for again, but this part of its time, and never less than so many times as long as others wait. */
const share = 4;
const timesOthers = 20;

/**
 * How long to wait for an answer. Silence costs its whole deadline, each time; where requests of the same kind have just stayed
 * unanswered, and others were answered at once, an answer that is to come would come as soon as theirs.
 */
export function deadlineOf(
  step: ExchangeStep,
  kind: string,
  { carried, takesMs }: { readonly carried: readonly string[]; readonly takesMs: number },
  run: CheckRun,
): number {
  const { silences, heads, timeScale } = run.deps;
  const dueMs = step.deadlineMs * timeScale + takesMs + earlierMs(step, takesMs) * timeScale;
  const wholeMs = step.kind === 'listen' ? Math.max(dueMs, heads.leastMs()) : dueMs;
  if (step.kind === 'send' && step.method === 'probe.slow') return wholeMs;
  const inCheck = [kind, ...carried].map((each) => run.silences.othersMs(each, timesInCheck));
  return shortened(wholeMs, inCheck.find((ms) => ms !== undefined) ?? silences.othersMs(kind, timesInRun));
}

/** How long the calls may take that are carried out before. */
function earlierMs(step: ExchangeStep, takesMs: number): number {
  return step.kind === 'send' ? (step.afterCalls ?? 0) * Math.max(takesMs, 2 * slowMs) : 0;
}

function shortened(wholeMs: number, othersMs: number | undefined): number {
  if (othersMs === undefined) return wholeMs;
  return Math.min(wholeMs, Math.max(wholeMs / share, timesOthers * othersMs));
}

/** Others were answered in so small a part of the time that the request was waited for, that its silence is not theirs. */
const atOnce = 8;

/** Told of a request that got no answer, while a fresh client got one after `tookMs`. */
export function noteSilence(
  { reply, startedMs, settledMs }: Exchange,
  { kind, carried }: Live,
  tookMs: number,
  run: CheckRun,
): void {
  if (reply.kind !== 'timeout' || tookMs * atOnce > settledMs - startedMs) return;
  run.deps.silences.silent(kind, tookMs);
  for (const each of [kind, ...carried]) run.silences.silent(each, tookMs);
}

export function noteAnswer(reply: Reply, kind: string, carried: readonly string[], run: CheckRun): void {
  if (reply.kind !== 'response') return;
  run.deps.silences.answered(kind);
  for (const each of [kind, ...carried]) run.silences.answered(each);
}

/** The same for the end of a session, which nobody depends on. */
export function tidyingMs(wholeMs: number, session: string, run: CheckRun): number {
  const othersMs =
    run.silences.othersMs(session, timesInCheck) ?? run.deps.silences.othersMs(tidying, timesInRun);
  return shortened(wholeMs, othersMs);
}

const tidying = 'tidying';

export function noteTidied(reply: Reply, { deps: { silences } }: CheckRun): void {
  if (reply.kind === 'timeout') silences.silent(tidying, 0);
  else silences.answered(tidying);
}
