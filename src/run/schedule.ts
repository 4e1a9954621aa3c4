import pLimit from 'p-limit';
import type { Plan, Planned } from '../model/plan.js';
import { asked, askedAtOnce, type Asking, type Way } from './asked-again.js';
import {
  attemptCheck,
  createTargetRun,
  type CheckOutcome,
  type Conditions,
  type DoneOutcome,
  type Suspicion,
  type TargetRun,
} from './target-run.js';
import { createBudget, type Budget } from './traffic.js';

export interface Schedule extends Asking {
  readonly jobs: number;
  /** How many of so many checks the target bears at once, from what was learnt of it. */
  readonly bears?: (jobs: number) => number;
  /** How many requests may still be sent. */
  readonly left: () => number;
  readonly stopped: Conditions['schedule']['stopped'];
  readonly start: Conditions['schedule']['start'];
  readonly done: (outcome: CheckOutcome) => void;
  /** Whether the target has stopped answering since it was started. */
  readonly over: () => boolean;
  /** Called when that is so. */
  readonly lost: (suspicion: Suspicion) => void;
  /** Waits a moment for what may follow on a check that has ended. Absent where an end of the target cannot be seen. */
  readonly linger?: () => Promise<void>;
  /** Gets the target back; false where it does not come. Absent where the run cannot. */
  readonly revive?: () => Promise<boolean>;
  /** It comes back as a new process, so that what ran beside its end was spoiled and what ends it alone is the cause. */
  readonly restarts?: true;
}

/**
 * Runs a plan: checks side by side, then one by one those that run alone, then again those in which the target was
 * lost, and those in which something did not come. Outcomes keep the plan's order.
 */
export async function work(plan: Plan, schedule: Schedule): Promise<readonly CheckOutcome[]> {
  const budget = createBudget(schedule.left);
  const suspects = new Set<string>();
  const targetRun = createTargetRun(schedule.over, (suspicion) => {
    for (const id of suspicion.suspects) suspects.add(id);
    schedule.lost(suspicion);
  });
  const outcomes = new Map<Planned, CheckOutcome>();
  const unsettled = new Map<Planned, DoneOutcome>();
  const lost = new Map<Planned, CheckOutcome>();
  const settle = (outcome: CheckOutcome) => {
    outcomes.set(outcome.planned, outcome);
    schedule.done(outcome);
  };
  const keep = (outcome: CheckOutcome) => {
    if (outcome.kind === 'done' && schedule.next?.(outcome.planned, outcome.transcript) !== undefined)
      unsettled.set(outcome.planned, outcome);
    else settle(outcome);
  };
  const beside = besideOthers(schedule);
  await beside(plan.entries, async (planned) => {
    const first = { budget, targetRun, schedule };
    const outcome = await attemptCheck(planned, first);
    if (schedule.revive !== undefined && isLost(outcome, targetRun, schedule)) lost.set(planned, outcome);
    else keep(schedule.jobs === 1 ? await askedAtOnce(outcome, first, schedule) : outcome);
  });
  await schedule.linger?.();
  targetRun.report();
  const repeat = createRepeat(targetRun, budget, schedule);
  for (const planned of plan.entries) {
    const outcome = lost.get(planned);
    const isSuspect = planned.run && suspects.has(planned.check.id);
    if (outcome !== undefined) keep(await repeat(outcome, isSuspect));
    // One that had ended before the target did may be the cause all the same, which shows when it has the target for itself.
    else if (isSuspect && schedule.linger !== undefined && outcomes.has(planned))
      await repeat({ planned, kind: 'left-out' }, true);
  }
  // One that is still gone was reported already.
  const next = schedule.over() ? targetRun : createTargetRun(schedule.over, schedule.lost);
  const conditions = { budget, targetRun: next, schedule };
  const inOrder = <T>(found: ReadonlyMap<Planned, T>) =>
    plan.entries.flatMap((planned) => found.get(planned) ?? []);
  const again = inOrder(unsettled).map(({ planned }) => planned);
  await asked(again, (planned) => unsettled.get(planned), conditions, schedule, {
    settle,
    // Where the target may have to be started again they cannot run side by side.
    beside: schedule.restarts ? alone : beside,
    alone,
  });
  return inOrder(outcomes);
}

const alone: Way = async (entries, act) => {
  for (const planned of entries) await act(planned);
};

/** Checks side by side and then those that run alone. */
function besideOthers({ jobs, bears = (most) => most }: Schedule): Way {
  // One by one they keep the order of the suites, in which what disturbs a fragile target comes late.
  const isApart = (planned: Planned) => jobs > 1 && isAlone(planned);
  return async (entries, act) => {
    const limit = pLimit(bears(jobs));
    const acting = entries
      .filter((planned) => !isApart(planned))
      // What waits longest is begun first, so that nobody waits for it alone in the end.
      .toSorted((a, b) => Number(isSlow(b)) - Number(isSlow(a)))
      .map((planned) =>
        limit(async () => {
          await act(planned);
          limit.concurrency = bears(jobs);
        }),
      );
    await Promise.all(acting);
    await alone(entries.filter(isApart), act);
  };
}

function isSlow({ run, check }: Planned): boolean {
  return run && check.needs.includes('slow');
}

function isAlone({ run, check }: Planned): boolean {
  return run && check.alone;
}

/** Runs a check once more, on a target that is started again each time it stops answering. A check that loses a fresh target is the cause. */
function createRepeat(
  targetRun: TargetRun,
  budget: Budget,
  schedule: Schedule,
): (lost: CheckOutcome, isSuspect: boolean) => Promise<CheckOutcome> {
  let isBack = true;
  return async function repeat(lost, isSuspect): Promise<CheckOutcome> {
    if (targetRun.over()) {
      isBack &&= (await schedule.revive?.()) === true;
      if (!isBack) return lost;
      targetRun = createTargetRun(schedule.over, schedule.lost);
    }
    const isFirst = targetRun.untouched();
    const outcome = await attemptCheck(lost.planned, { budget, targetRun, schedule, isSuspect });
    if (!targetRun.over()) return outcome;
    if (!isFirst) return repeat(lost, isSuspect);
    return schedule.restarts ? blamed(outcome) : outcome;
  };
}

function blamed(outcome: CheckOutcome): CheckOutcome {
  if (outcome.kind !== 'done' || outcome.transcript.cut === undefined) return outcome;
  const { transcript } = outcome;
  return { ...outcome, transcript: { ...transcript, cut: { ...outcome.transcript.cut, alone: true } } };
}

/** A check that ended after a process stopped answering says little of the target. */
function isLost(outcome: CheckOutcome, targetRun: TargetRun, { restarts }: Schedule): boolean {
  if (outcome.kind === 'not-run') return outcome.reason === 'stopped';
  if (outcome.kind !== 'done') return false;
  return restarts ? targetRun.over() : outcome.transcript.cut?.because === 'target-lost';
}
