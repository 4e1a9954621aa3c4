import type * as Bull from 'bullmq';
import { once } from 'node:events';
import type { Job } from '../../model/fleet.js';
import { Mistake } from '../mistake.js';
import { isFields, isOutcome } from './outcome.js';
import type { Done, Queue } from './queue.js';
import { aborted, bull, connectionOf, ready, type Queued, type RedisAt } from './redis.js';
import { keyOf, tallyOf, type Tally } from './tally.js';

/** News may be lost, and so may all that Redis had: so often the fleet looks by itself. */
const lookMs = 5_000;
/** How long Redis may take to answer, with all that was waiting to be read. */
const answerMs = 120_000;
const workerlessMs = 600_000;
/** So many results are read at once: each has a report of about 400 kB. */
const readMax = 16;
/** Redis keeps the latest events, and the event of a result has the result. */
const eventsMax = 64;
/** What nobody fetches goes when a later job ends. */
const keptSeconds = 3_600;

/** The queue on a Redis server, for workers on any machine. */
export function onRedis(at: RedisAt, say: (sentence: string) => void): Queue {
  return async (jobs, _work, told, signal) => {
    if (jobs.length === 0) return;
    const { Queue: BullQueue, QueueEvents } = await bull();
    const queue = new BullQueue<Queued>(at.name, {
      ...connectionOf(at),
      streams: { events: { maxLen: eventsMax } },
    });
    const events = new QueueEvents(at.name, connectionOf(at));
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    try {
      await ready(at, queue, events);
      await clear(queue);
      const tally = tallyOf(jobs);
      const attend = attendance(queue, say);
      while (!signal.aborted) {
        const moment = AbortSignal.any([signal, AbortSignal.timeout(lookMs)]);
        const news = once(events, 'completed', { signal: moment }).catch(() => undefined);
        await Promise.race([look(queue, tally, told, signal), late()]);
        if (tally.open().length === 0) break;
        await Promise.race([attend(), late()]);
        await news;
      }
      await Promise.race([clear(queue), late()]);
    } finally {
      await Promise.all([queue.close(), events.close()]);
    }
  };
}

/** What is left of an earlier fleet is not taken for news of this one. */
async function clear(queue: Bull.Queue<Queued>): Promise<void> {
  await queue.drain();
  for (const state of ['completed', 'failed'] as const) await queue.clean(0, 0, state);
}

/** Takes what has come, and hands out what Redis does not have, since it may have been restarted. */
async function look(
  queue: Bull.Queue<Queued>,
  tally: Tally,
  told: (done: Done) => void,
  signal: AbortSignal,
): Promise<void> {
  let read: readonly Bull.Job<Queued, unknown>[];
  do {
    read = await queue.getJobs(['completed', 'failed'], 0, readMax - 1, true);
    for (const job of read) {
      if (signal.aborted) return;
      const done = doneOf(job);
      // It is written before Redis forgets it.
      if (tally.take(done.outcome)) told(done);
      await job.remove();
    }
  } while (read.length > 0);
  const open = tally.open();
  const held = await queue.getJobCountByTypes('waiting', 'active', 'completed', 'failed');
  if (held >= open.length || signal.aborted) return;
  // A job is known by its digest, so that what is there already is not there twice.
  await queue.addBulk(
    open.map((job) => ({
      name: job.target,
      data: job,
      opts: { jobId: job.digest, removeOnComplete: { age: keptSeconds }, removeOnFail: { age: keptSeconds } },
    })),
  );
}

/** The outcome of a job. A worker is a stranger: what it says of another target, or of other work, is none. */
function doneOf({ data: { target, digest }, returnvalue, failedReason }: Bull.Job<Queued, unknown>): Done {
  const job: Job = { target, digest };
  if (isFields(returnvalue)) {
    const { outcome, files } = returnvalue;
    if (isOutcome(outcome) && keyOf(outcome) === keyOf(job)) return { outcome, files: textsOf(files) };
  }
  const says = failedReason ?? 'its worker answered with something else than its outcome';
  return { outcome: { ...job, kind: 'failed', at: 'inside', says }, files: {} };
}

function textsOf(files: unknown): Done['files'] {
  if (!isFields(files)) return {};
  return Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Says when nobody is there to do the work, and gives up after a while. */
function attendance(queue: Bull.Queue<Queued>, say: (sentence: string) => void): () => Promise<void> {
  let aloneSinceMs: number | undefined;
  return async () => {
    if ((await queue.getWorkersCount()) > 0) {
      aloneSinceMs = undefined;
      return;
    }
    if (aloneSinceMs === undefined) {
      aloneSinceMs = performance.now();
      say(
        `no worker is there for this work (${queue.name}): start one with the same fleet and the same sessionspec`,
      );
    } else if (performance.now() - aloneSinceMs > workerlessMs)
      throw new Mistake(
        `no worker came for ${workerlessMs / 60_000} minutes; the outcomes so far are kept, and --resume goes on`,
        2,
      );
  };
}

async function late(): Promise<never> {
  await aborted(AbortSignal.timeout(answerMs));
  throw new Mistake(`Redis does not answer for ${answerMs / 1_000} s; --resume goes on with the rest`, 2);
}
