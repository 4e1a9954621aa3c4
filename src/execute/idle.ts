import type { ExecutorDeps } from './check-run.js';

/** So often it is looked whether the time is over. */
const sliceMs = 20;

/**
 * Leaves a session alone for a part of the time after which an idle one ends, or for longer than that. The time of the target goes on
 * while we stand still: what must not be exceeded is counted on the wall, and what must be reached in our running time, which is never longer.
 */
export async function idle(times: number, { idleTimeoutMs, clock }: ExecutorDeps): Promise<void> {
  const ms = idleTimeoutMs * times;
  if (times >= 1) return clock.sleep(ms);
  const endMs = clock.wallMs() + ms;
  for (let sleptMs = 0; sleptMs < ms && clock.wallMs() < endMs; sleptMs += sliceMs)
    await clock.sleep(Math.min(sliceMs, ms - sleptMs));
}
