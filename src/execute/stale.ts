import type { ExchangeStep } from '../model/suite.js';
import type { CheckRun } from './check-run.js';
import { resolveProbe } from './probes.js';

/** What discovery saw was one time of many. */
const margin = 1.25;
const marginMs = 100;

/** Before a reading that may come from a cache: waits until what the check wrote last is older than what that may hold. */
export async function outliveCache(step: ExchangeStep, run: CheckRun): Promise<void> {
  if (step.kind !== 'send') return;
  const { staleMs } = resolveProbe(step, run.facts);
  if (staleMs === undefined) return;
  const { clock, timeScale } = run.deps;
  const written = run.lives.findLast(
    ({ of }) => of.kind === 'send' && resolveProbe(of, run.facts).writes === true,
  );
  const agedMs = written === undefined ? 0 : clock.nowMs() - written.record().settledMs;
  const dueMs = margin * staleMs + marginMs;
  if (written !== undefined && agedMs < dueMs) await clock.sleep((dueMs - agedMs) * timeScale);
}
