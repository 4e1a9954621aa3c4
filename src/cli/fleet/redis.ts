import type * as Bull from 'bullmq';
import type { Job, Outcome } from '../../model/fleet.js';
import { Mistake } from '../mistake.js';
import type { Done, Queue, Work } from './queue.js';

/** How the two ends of a queue find each other. */
export interface RedisAt {
  readonly url: string;
  /** After how many seconds without a sign of life a worker counts as lost, and its job is given to another. */
  readonly lostAfter: number;
}

const queueName = 'sessionspec';
/** A target that ends whoever examines it must not go round for ever. */
const lossesMax = 5;
const readyMs = 10_000;

/** The queue on a Redis server, for workers on any machine. Jobs are known by their digests, so that none is there twice. */
export function onRedis(at: RedisAt): Queue {
  return async (jobs, _work, told, signal) => {
    const { Queue: BullQueue, QueueEvents } = await bull();
    const queue = new BullQueue<Job, Done>(queueName, options(at));
    const events = new QueueEvents(queueName, options(at));
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    try {
      await ready(at, queue, events);
      // What is left of an earlier fleet is not taken for news of this one.
      await Promise.all(jobs.map(({ digest }) => queue.remove(digest)));
      const added = await queue.addBulk(
        jobs.map((data) => ({ name: data.target, data, opts: { jobId: data.digest } })),
      );
      const stopped = new Promise<undefined>((resolve) => {
        if (signal.aborted) resolve(undefined);
        else signal.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      await Promise.race([
        stopped,
        Promise.all(
          added.map(async (job) => {
            const done = await job.waitUntilFinished(events).catch((error: unknown) => lost(job.data, error));
            if (!signal.aborted) told(done);
          }),
        ),
      ]);
      await Promise.all(added.map((job) => job.remove().catch(() => undefined)));
    } finally {
      await Promise.all([queue.close(), events.close()]);
    }
  };
}

/** Takes jobs from the queue until the signal; resolves when it has let go of the last one. A job under way is then given to another worker. */
export async function serveRedis(
  at: RedisAt,
  atOnce: number,
  work: Work,
  signal: AbortSignal,
  told: (outcome: Outcome) => void,
): Promise<void> {
  const { Worker } = await bull();
  const worker = new Worker<Job, Done>(
    queueName,
    async ({ data }) => {
      const done = await work(data, signal);
      if (signal.aborted) throw new Error('interrupted');
      told(done.outcome);
      return done;
    },
    {
      ...options(at),
      concurrency: atOnce,
      lockDuration: at.lostAfter * 1_000,
      stalledInterval: at.lostAfter * 1_000,
      maxStalledCount: lossesMax,
      autorun: false,
    },
  );
  worker.on('error', () => undefined);
  await ready(at, worker);
  const running = worker.run();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await worker.close(true);
  await running;
}

/** The package is only there where somebody wants a queue. */
async function bull(): Promise<typeof Bull> {
  try {
    return await import('bullmq');
  } catch {
    throw new Mistake('--queue needs the packages bullmq and ioredis: npm install bullmq ioredis');
  }
}

function options({ url }: RedisAt) {
  // oxlint-disable-next-line unicorn/no-null -- it is how ioredis is told to try for ever.
  return { connection: { url, maxRetriesPerRequest: null } };
}

async function ready(
  { url }: RedisAt,
  ...all: readonly { readonly waitUntilReady: () => Promise<unknown>; readonly close: () => Promise<void> }[]
): Promise<void> {
  const late = AbortSignal.timeout(readyMs);
  const isReady = await Promise.race([
    Promise.all(all.map((each) => each.waitUntilReady())).then(() => true),
    new Promise<false>((resolve) => late.addEventListener('abort', () => resolve(false), { once: true })),
  ]);
  if (isReady) return;
  const { host } = new URL(url);
  throw new Mistake(
    `no Redis server answers at ${host} within ${readyMs / 1_000} s; start one, or correct --queue`,
    2,
  );
}

function lost(job: Job, error: unknown): Done {
  const says = error instanceof Error ? error.message : String(error);
  return {
    outcome: { ...job, kind: 'failed', at: 'run', says: `no worker carried it out: ${says}` },
    files: {},
  };
}

/** What `--queue` and `--lost-after` say. */
export function parseRedis(url: string, lostAfter: number): RedisAt {
  if (!URL.canParse(url) || !['redis:', 'rediss:'].includes(new URL(url).protocol))
    throw new Mistake('--queue must be an address such as redis://127.0.0.1:6379');
  return { url, lostAfter };
}
