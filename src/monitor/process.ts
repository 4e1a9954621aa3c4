import {
  describeIncident,
  type Incident,
  type ProcessExited,
  type StoppedAnswering,
} from '../model/incident.js';
import { plural } from '../model/plural.js';
import type { History, Seen } from './history.js';
import { lossesOf } from './live.js';
import { good, type Observation, type Statement } from './observation.js';
import { stimulusOf, type Sweep } from './sweeps.js';

/**
 * The process lives through the whole run. An end is told of by the operator, or shows in sessions: where all of them are lost at
 * once, a process restarted, or forgot everything. It belongs to no single check, since several run side by side.
 */
export const processLives: Statement = {
  demands: 'the process lives on, and its sessions with it',
  observe: (history) => {
    const told = history.incidents.filter(isLoss);
    const ends = told
      .filter(countsAsEnd)
      .toSorted((a, b) => Number(b.alone ?? false) - Number(a.alone ?? false));
    const bad = [...ends.flatMap((end) => endOf(end, history)), ...sweptIn(history)];
    if (bad.length > 0) return bad;
    const doubt = told.find(({ kind }) => kind === 'process-exited');
    if (doubt !== undefined) return doubtOf(doubt, history);
    const isLost = history.incidents.some(
      ({ kind }) => kind === 'stopped-answering' || kind === 'not-restarted',
    );
    return history.isProcessInSight && !isLost ? history.seen.map(good) : [];
  },
};

type Loss = ProcessExited | StoppedAnswering;

function isLoss(incident: Incident): incident is Loss {
  return incident.kind === 'process-exited' || incident.kind === 'stopped-answering';
}

/** An end counts where the process did it by itself, or where it came again when one check had the target alone. */
function countsAsEnd(loss: Loss): boolean {
  return loss.kind === 'process-exited' ? isItsOwn(loss) : loss.gone === true;
}

/** By these signals a process is ended from outside; a shell adds 128 to their numbers. */
const outside: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL']);
const outsideCodes: ReadonlySet<number> = new Set([128 + 15, 128 + 2, 128 + 1, 128 + 9]);

function isItsOwn({ code, signal, alone }: ProcessExited): boolean {
  return alone === true || !(signal === null ? outsideCodes.has(code ?? 0) : outside.has(signal));
}

function endOf(loss: Loss, history: History): readonly Observation[] {
  const at = duringOf(loss, history);
  if (at === undefined) return [];
  return [{ kind: 'bad', at, reason: 'process-ended', says: describeIncident(loss) }];
}

function doubtOf(loss: Loss, history: History): readonly Observation[] {
  const at = duringOf(loss, history);
  return at === undefined
    ? []
    : [{ kind: 'unsure', at, reason: 'target-lost', says: describeIncident(loss) }];
}

/** The request that was under way, or the last one of all. */
function duringOf({ during, suspects }: Loss, { seen }: History): Seen | undefined {
  return (
    seen.findLast(({ check, exchange }) => check === during?.check && exchange.step === during.step) ??
    seen.findLast(({ check }) => suspects.includes(check)) ??
    seen.at(-1)
  );
}

function sweptIn(history: History): readonly Observation[] {
  const losses = lossesOf(history);
  const sweeps = new Set(losses.flatMap(({ sweep }) => sweep ?? []));
  return [...sweeps].flatMap((sweep): readonly Observation[] => {
    const stimulus = stimulusOf(
      sweep,
      history.seen,
      losses.map(({ life }) => life),
    );
    if (stimulus === undefined) return [];
    const { at, attempts } = stimulus;
    const again =
      attempts > 1 ? `; each of ${plural(attempts, 'attempt')} of ${at.check} lost what it had` : '';
    const says = `all ${plural(sweep.lives.size, 'session')} that were open were refused from then on, after this request of ${at.check}${again}`;
    return [{ kind: 'bad', at, reason: 'lost-at-once', says, beside: shownBy(sweep) }];
  });
}

const shownMax = 2;

function shownBy({ lives }: Sweep): readonly Seen[] {
  return [...lives].flatMap(({ lost }) => lost.slice(0, 1)).slice(0, shownMax);
}
