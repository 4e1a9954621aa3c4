import pLimit from 'p-limit';
import type { Plan, Planned } from '../model/plan.js';
import type { NotRunReason } from '../model/reason.js';
import type { Transcript } from '../model/transcript.js';
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
  /** Called when that is so, with the checks that may be the cause. */
  readonly lost: (suspects: readonly string[]) => void;
  /** Starts the target again; false where it does not come back. Absent where the run cannot. */
  readonly revive?: () => Promise<boolean>;
}

/**
 * Runs a plan: checks side by side, then one by one those that run alone, then again those in which the target was
 * lost. Outcomes keep the plan's order.
 */
export async function work(plan: Plan, schedule: Schedule): Promise<readonly CheckOutcome[]> {
  const budget = createBudget(schedule.left);
  const targetRun = createTargetRun(schedule.over, schedule.lost);
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
  const repeat = createRepeat(targetRun, budget, schedule);
  for (const planned of plan.entries) {
    const outcome = lost.get(planned);
    if (outcome !== undefined) settle(await repeat(outcome));
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
): (lost: CheckOutcome) => Promise<CheckOutcome> {
  let isBack = true;
  return async function repeat(lost): Promise<CheckOutcome> {
    if (targetRun.over()) {
      isBack &&= (await schedule.revive?.()) === true;
      if (!isBack) return lost;
      targetRun = createTargetRun(schedule.over, schedule.lost);
    }
    const isFirst = targetRun.untouched();
    const outcome = await attemptCheck(lost.planned, { budget, targetRun, schedule });
    if (!targetRun.over()) return outcome;
    return isFirst ? blamed(outcome) : repeat(lost);
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
}

async function attemptCheck(
  planned: Planned,
  { budget, targetRun, schedule: { stopped, start } }: Conditions,
): Promise<CheckOutcome> {
  if (!planned.run) return { planned, kind: 'left-out' };
  if (!(await budget.reserve(planned.requestsMax)))
    return { planned, kind: 'not-run', reason: stopped() ?? 'budget' };
  try {
    const reason = stopped();
    if (reason !== undefined) return { planned, kind: 'not-run', reason };
    return { planned, kind: 'done', transcript: await targetRun.run(planned.check.id, () => start(planned)) };
  } finally {
    budget.release(planned.requestsMax);
  }
}

/** The target from its start to the moment in which it stops answering. */
export interface TargetRun {
  /** True once a check found that it stopped answering. */
  readonly over: () => boolean;
  /** True while no check has run in it. */
  readonly untouched: () => boolean;
  readonly run: (check: string, start: () => Promise<Transcript>) => Promise<Transcript>;
}

/** `lost` is called once, with the checks that may be the cause. */
function createTargetRun(over: () => boolean, lost: (suspects: readonly string[]) => void): TargetRun {
  const underWay = new Set<string>();
  let last: string | undefined;
  let reported = false;
  return {
    over,
    untouched: () => last === undefined && underWay.size === 0,
    async run(check, start) {
      underWay.add(check);
      try {
        return await start();
      } finally {
        if (over() && !reported) lost([...new Set([...(last === undefined ? [] : [last]), ...underWay])]);
        reported ||= over();
        underWay.delete(check);
        last = check;
      }
    },
  };
}
