import type * as Bull from 'bullmq';
import { hostname } from 'node:os';
import type { Outcome } from '../../model/fleet.js';
import type { Done, Work } from './queue.js';
import { aborted, bull, connectionOf, ready, type Queued, type RedisAt } from './redis.js';

/** How many workers may be lost over one job. Workers that were interrupted do not count. */
export const attemptsMax = 5;
/** How long an interrupted job may take to let go of its target, so that the next worker meets nobody there. */
const endingMs = 1_000;

export interface WorkerOptions {
  readonly atOnce: number;
  /** After how long without a sign of life this worker counts as lost, and its jobs are given to others. */
  readonly lostAfterMs: number;
}

/** Takes jobs from the queue until the signal; resolves when it has given back those under way. */
export async function serveRedis(
  at: RedisAt,
  { atOnce, lostAfterMs }: WorkerOptions,
  work: Work,
  signal: AbortSignal,
  told: (outcome: Outcome) => void,
): Promise<void> {
  const { Worker, WaitingError } = await bull();
  const ending = aborted(signal).then(() => aborted(AbortSignal.timeout(endingMs)));
  const us = `process ${process.pid} on ${hostname()}`;
  const carryOut = async (job: Bull.Job<Queued, Done>, token?: string): Promise<Done> => {
    const { target, digest, interrupted = 0 } = job.data;
    // Who interrupts a worker says nothing of its target.
    if (job.attemptsStarted - interrupted > attemptsMax) return givenUp(job.data);
    await job.updateData({ target, digest, interrupted, begunBy: us });
    const working = work({ target, digest }, signal);
    await Promise.race([working, ending]);
    if (!signal.aborted) return working;
    await job.updateData({ target, digest, interrupted: interrupted + 1, begunBy: us });
    await job.moveToWait(token);
    throw new WaitingError();
  };
  const worker = new Worker<Queued, Done>(at.name, carryOut, {
    ...connectionOf(at),
    concurrency: atOnce,
    lockDuration: lostAfterMs,
    stalledInterval: lostAfterMs,
    // Losses are attempts as well, and those are counted where it is known who made them.
    maxStalledCount: attemptsMax + 1,
    autorun: false,
  });
  worker.on('error', () => undefined);
  worker.on('completed', (_job, { outcome }) => told(outcome));
  await ready(at, worker);
  const running = worker.run();
  await aborted(signal);
  await worker.close();
  await running;
}

function givenUp({ target, digest, begunBy }: Queued): Done {
  const says = `${attemptsMax} workers began it, and each was lost; the last was ${begunBy}: see what it wrote`;
  return { outcome: { target, digest, kind: 'failed', at: 'run', says }, files: {} };
}
