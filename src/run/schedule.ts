import pLimit from 'p-limit';
import type { Plan, Planned } from '../model/plan.js';
import type { NotRunReason } from '../model/reason.js';
import type { Transcript } from '../model/transcript.js';
import { createTargetRun, type Suspicion, type TargetRun } from './target-run.js';
import { createBudget, type Budget } from './traffic.js';

export type CheckOutcome =
  | { readonly planned: Planned; readonly kind: 'left-out' }
  | { readonly planned: Planned; readonly kind: 'done'; readonly transcript: Transcript }
  | { readonly planned: Planned; readonly kind: 'not-run'; readonly reason: NotRunReason };

export interface Schedule {
  readonly jobs: number;
  /** How many requests may still be sent. */
  readonly left: () => number;
  /** Why nothing more may start, if so. */
  readonly stopped: () => NotRunReason | undefined;
  readonly start: (planned: Extract<Planned, { run: true }>) => Promise<Transcript>;
  readonly done: (outcome: CheckOutcome) => void;
  /** Whether the target has stopped answering since it was started. */
  readonly over: () => boolean;
  /** Called when that is so. */
  readonly lost: (suspicion: Suspicion) => void;
  /** Waits a moment for what may follow on a check that has ended. Absent where an end of the target cannot be seen. */
  readonly linger?: () => Promise<void>;
  /** Starts the target again; false where it does not come back. Absent where the run cannot. */
  readonly revive?: () => Promise<boolean>;
}

/**
 * Runs a plan: checks side by side, then one by one those that run alone, then again those in which the target was
 * lost. Outcomes keep the plan's order.
 */
export async function work(plan: Plan, schedule: Schedule): Promise<readonly CheckOutcome[]> {
  const budget = createBudget(schedule.left);
  const suspects = new Set<string>();
  const targetRun = createTargetRun(schedule.over, (suspicion) => {
    for (const id of suspicion.suspects) suspects.add(id);
    schedule.lost(suspicion);
  });
  const outcomes = new Map<Planned, CheckOutcome>();
  const settle = (outcome: CheckOutcome) => {
    outcomes.set(outcome.planned, outcome);
    schedule.done(outcome);
  };
  const lost = new Map<Planned, CheckOutcome>();
  const perform = async (planned: Planned) => {
    const outcome = await attemptCheck(planned, { budget, targetRun, schedule });
    if (schedule.revive !== undefined && isLost(outcome, targetRun)) lost.set(planned, outcome);
    else settle(outcome);
  };
  const run = async (entries: readonly Planned[], jobs: number) => {
    const limit = pLimit(jobs);
    await Promise.all(entries.map((planned) => limit(perform, planned)));
  };
  // One by one they keep the order of the suites, in which what disturbs a fragile target comes late.
  const isApart = (planned: Planned) => schedule.jobs > 1 && isAlone(planned);
  await run(
    plan.entries.filter((planned) => !isApart(planned)),
    schedule.jobs,
  );
  await run(plan.entries.filter(isApart), 1);
  await schedule.linger?.();
  targetRun.report();
  const repeat = createRepeat(targetRun, budget, schedule);
  for (const planned of plan.entries) {
    const outcome = lost.get(planned);
    const isSuspect = planned.run && suspects.has(planned.check.id);
    if (outcome !== undefined) settle(await repeat(outcome, isSuspect));
    // One that had ended before the target did may be the cause all the same, which shows when it has the target for itself.
    else if (isSuspect && schedule.linger !== undefined && outcomes.has(planned))
      await repeat({ planned, kind: 'left-out' }, true);
  }
  return plan.entries.flatMap((planned) => outcomes.get(planned) ?? []);
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
    return isFirst ? blamed(outcome) : repeat(lost, isSuspect);
  };
}

function blamed(outcome: CheckOutcome): CheckOutcome {
  if (outcome.kind !== 'done' || outcome.transcript.cut === undefined) return outcome;
  const { transcript } = outcome;
  return { ...outcome, transcript: { ...transcript, cut: { ...outcome.transcript.cut, alone: true } } };
}

/** A check that ended after the target stopped answering says little of the target. */
function isLost(outcome: CheckOutcome, targetRun: TargetRun): boolean {
  return outcome.kind === 'not-run'
    ? outcome.reason === 'stopped'
    : outcome.kind === 'done' && targetRun.over();
}

interface Conditions {
  readonly budget: Budget;
  readonly targetRun: TargetRun;
  readonly schedule: Schedule;
  readonly isSuspect?: boolean;
}

async function attemptCheck(
  planned: Planned,
  { budget, targetRun, schedule: { stopped, start, linger }, isSuspect = false }: Conditions,
): Promise<CheckOutcome> {
  if (!planned.run) return { planned, kind: 'left-out' };
  if (!(await budget.reserve(planned.requestsMax)))
    return { planned, kind: 'not-run', reason: stopped() ?? 'budget' };
  try {
    const reason = stopped();
    if (reason !== undefined) {
      targetRun.report();
      return { planned, kind: 'not-run', reason };
    }
    const transcript = await targetRun.run(planned.check.id, async () => {
      const seen = await start(planned);
      if (isSuspect) await linger?.();
      return seen;
    });
    return { planned, kind: 'done', transcript };
  } finally {
    budget.release(planned.requestsMax);
  }
}
