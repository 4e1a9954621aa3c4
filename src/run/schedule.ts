import pLimit from 'p-limit';
import type { Plan, Planned } from '../model/plan.js';
import type { NotRunReason } from '../model/reason.js';
import type { Transcript } from '../model/transcript.js';

export type Outcome =
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
  readonly done: (outcome: Outcome) => void;
}

/** Runs a plan: checks side by side, then one by one those that want the target for themselves. Outcomes keep the plan's order. */
export async function work(plan: Plan, schedule: Schedule): Promise<readonly Outcome[]> {
  const budget = createBudget(schedule.left);
  const outcomes = new Map<Planned, Outcome>();
  const run = async (entries: readonly Planned[], jobs: number) => {
    const limit = pLimit(jobs);
    await Promise.all(
      entries.map((planned) =>
        limit(async () => outcomes.set(planned, await perform(planned, budget, schedule))),
      ),
    );
  };
  // One by one they keep the order of the suites, in which what disturbs a fragile target comes late.
  const isApart = (planned: Planned) => schedule.jobs > 1 && isAlone(planned);
  await run(
    plan.entries.filter((planned) => !isApart(planned)),
    schedule.jobs,
  );
  await run(plan.entries.filter(isApart), 1);
  return plan.entries.flatMap((planned) => outcomes.get(planned) ?? []);
}

function isAlone({ run, check }: Planned): boolean {
  return run && check.alone;
}

async function perform(planned: Planned, budget: Budget, schedule: Schedule): Promise<Outcome> {
  const outcome = await attempt(planned, budget, schedule);
  schedule.done(outcome);
  return outcome;
}

async function attempt(planned: Planned, budget: Budget, { stopped, start }: Schedule): Promise<Outcome> {
  if (!planned.run) return { planned, kind: 'left-out' };
  if (!(await budget.reserve(planned.requestsMax)))
    return { planned, kind: 'not-run', reason: stopped() ?? 'budget' };
  try {
    const reason = stopped();
    if (reason !== undefined) return { planned, kind: 'not-run', reason };
    return { planned, kind: 'done', transcript: await start(planned) };
  } finally {
    budget.release(planned.requestsMax);
  }
}

interface Budget {
  /** True once so many requests are set aside; false where that cannot be any more. */
  readonly reserve: (requests: number) => Promise<boolean>;
  readonly release: (requests: number) => void;
}

/** What a check needs at worst is set aside while it runs; what it did not need is there for those that wait. */
function createBudget(left: () => number): Budget {
  let reserved = 0;
  const waiting: (() => void)[] = [];
  return {
    async reserve(requests) {
      while (requests > left() - reserved) {
        if (requests > left() || reserved === 0) return false;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      reserved += requests;
      return true;
    },
    release(requests) {
      reserved -= requests;
      for (const again of waiting.splice(0)) again();
    },
  };
}
