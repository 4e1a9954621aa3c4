import type { Outlook } from '../model/outlook.js';
import type { Plan, Planned } from '../model/plan.js';
import type { Runnable } from './target-run.js';

/** How long a run will take at the pace of its target, and whether that is too long. */
export interface Forecast {
  /** Told of each check that is over. */
  readonly done: (planned: Planned) => void;
  /** What is to be expected now. */
  readonly now: () => Outlook;
  /** The same, where the run would take longer than it may and has been expected to for a while. */
  readonly tooLong: () => Outlook | undefined;
}

export interface ForecastOptions {
  readonly plan: Plan;
  /** How many requests a second the target bears, as far as that is known. */
  readonly perSecond: () => number;
  /** Checks at once. */
  readonly jobs: () => number;
  /** How long an answer takes. */
  readonly latencyMs: number;
  /** How long a run may take; absent where the user has said that it may take its time. */
  readonly boundMs?: number;
  /** Our own running time. */
  readonly nowMs: () => number;
}

/** What is learnt of a target in its first seconds may be worse than it is: a refusal or two slow a run down more than they must. */
const graceMs = 10_000;

export function createForecast(options: ForecastOptions): Forecast {
  const { plan, boundMs, nowMs } = options;
  const begunMs = nowMs();
  const running = runningIn(plan);
  const left = new Set<Planned>(running);
  const besides = sumOf(plan.witnesses);
  const all = sumOf(running) + besides;
  let sinceMs: number | undefined;
  const now = (): Outlook => {
    const checks = running.filter((planned) => left.has(planned));
    // Witnesses send beside the checks, and are done with them.
    const requests = sumOf(checks) + (running.length === 0 ? 0 : (besides * checks.length) / running.length);
    const observed = (1_000 * (all - requests)) / Math.max(nowMs() - begunMs, 1);
    const perSecond = pace(options, observed);
    const leftMs = perSecond === Infinity ? 0 : (1_000 * requests) / perSecond;
    return { perSecond, leftMs, takesMs: nowMs() - begunMs + leftMs };
  };
  return {
    done: (planned) => void left.delete(planned),
    now,
    tooLong() {
      if (boundMs === undefined) return undefined;
      const outlook = now();
      if (outlook.leftMs === 0 || outlook.takesMs <= boundMs) {
        sinceMs = undefined;
        return undefined;
      }
      sinceMs ??= nowMs();
      return nowMs() - sinceMs >= graceMs ? outlook : undefined;
    },
  };
}

/** How long the checks with a tag would take by themselves, where that is less than all. */
export function takesAlone(plan: Plan, tag: string, perSecond: number): number | undefined {
  const running = runningIn(plan);
  const tagged = running.filter(({ check }) => check.tags.includes(tag));
  if (tagged.length === 0 || tagged.length === running.length) return undefined;
  return (1_000 * sumOf(tagged)) / perSecond;
}

/** What it bears, and no more than answers of its time let through, unless more came through so far. */
function pace({ perSecond, jobs, latencyMs }: ForecastOptions, observed: number): number {
  const byLatency = latencyMs > 0 ? (1_000 * jobs()) / latencyMs : Infinity;
  return Math.min(perSecond(), Math.max(byLatency, observed));
}

function runningIn({ entries }: Plan): readonly Runnable[] {
  return entries.flatMap((planned) => (planned.run ? [planned] : []));
}

function sumOf(these: readonly { readonly requests: number }[]): number {
  return these.reduce((sum, { requests }) => sum + requests, 0);
}
