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
    /** Waits a moment for what may follow on a check that has ended. Absent where an end of the target cannot be seen. */
    readonly linger?: () => Promise<void>;
  };
  /** The check may have ended the target. */
  readonly isSuspect?: boolean;
}

export async function attemptCheck(
  planned: Planned,
  { budget, targetRun, schedule: { stopped, start, linger }, isSuspect = false }: Conditions,
  attempt: Attempt = firstAttempt,
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
      const seen = await start(planned, attempt);
      if (isSuspect) await linger?.();
      return seen;
    });
    return { planned, kind: 'done', transcript };
  } finally {
    budget.release(planned.requestsMax);
  }
}

/** Which checks may be the cause of a loss. */
export interface Suspicion {
  /** Those that were under way, and as many that had ended last. */
  readonly suspects: readonly string[];
  /** The target had been started for the one suspect alone. */
  readonly alone: boolean;
}

/** The target from its start to the moment in which it stops answering. */
export interface TargetRun {
  /** True once it was found that it stopped answering. */
  readonly over: () => boolean;
  /** True while no check has run in it. */
  readonly untouched: () => boolean;
  readonly run: (check: string, start: () => Promise<Transcript>) => Promise<Transcript>;
  /** Tells of a loss that no check has told of: it came between two of them. */
  readonly report: () => void;
}

/** `lost` is called once. */
export function createTargetRun(over: () => boolean, lost: (suspicion: Suspicion) => void): TargetRun {
  const underWay = new Set<string>();
  const ended: string[] = [];
  let isReported = false;
  const report = () => {
    if (!over() || isReported) return;
    isReported = true;
    const recent = ended.slice(-Math.max(underWay.size, 1));
    const suspects = [...new Set([...recent, ...underWay])];
    lost({ suspects, alone: ended.length === 0 && suspects.length === 1 });
  };
  return {
    over,
    untouched: () => ended.length === 0 && underWay.size === 0,
    report,
    async run(check, start) {
      underWay.add(check);
      try {
        return await start();
      } finally {
        report();
        underWay.delete(check);
        ended.push(check);
      }
    },
  };
}
