import type { Planned } from '../model/plan.js';
import type { NotRunReason } from '../model/reason.js';
import type { Transcript } from '../model/transcript.js';
import type { Budget } from './traffic.js';

export type CheckOutcome =
  | { readonly planned: Planned; readonly kind: 'left-out' }
  | DoneOutcome
  | { readonly planned: Planned; readonly kind: 'not-run'; readonly reason: NotRunReason };

export interface DoneOutcome {
  readonly planned: Runnable;
  readonly kind: 'done';
  readonly transcript: Transcript;
}

export type Runnable = Extract<Planned, { run: true }>;

/** Which attempt of a check it is, what the earlier ones left, and how much longer it waits than they did. */
export interface Attempt {
  readonly number: number;
  readonly entriesBefore: number;
  readonly patience: number;
}

const firstAttempt: Attempt = { number: 1, entriesBefore: 0, patience: 1 };

export interface Conditions {
  readonly budget: Budget;
  readonly targetRun: TargetRun;
  readonly schedule: {
    /** Why nothing more may start, if so. */
    readonly stopped: () => NotRunReason | undefined;
    readonly start: (planned: Runnable, attempt: Attempt) => Promise<Transcript>;
  };
}

export async function attemptCheck(
  planned: Planned,
  { budget, targetRun, schedule: { stopped, start } }: Conditions,
  attempt: Attempt = firstAttempt,
): Promise<CheckOutcome> {
  if (!planned.run) return { planned, kind: 'left-out' };
  if (!(await budget.reserve(planned.requestsMax)))
    return { planned, kind: 'not-run', reason: stopped() ?? 'budget' };
  try {
    const reason = stopped();
    if (reason !== undefined) return { planned, kind: 'not-run', reason };
    const transcript = await targetRun.run(planned.check.id, () => start(planned, attempt));
    return { planned, kind: 'done', transcript };
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
export function createTargetRun(over: () => boolean, lost: (suspects: readonly string[]) => void): TargetRun {
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
