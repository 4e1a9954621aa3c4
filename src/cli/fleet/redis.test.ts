import { Queue as BullQueue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job, Outcome } from '../../model/fleet.js';
import { hasRedis, redis } from '../testing/redis.js';
import type { Done, Work } from './queue.js';
import { aborted, parseRedis } from './redis.js';
import { onRedis } from './redis-fleet.js';
import { attemptsMax, serveRedis } from './redis-worker.js';

const nobody: Work = () => Promise.reject(new Error('a fleet with a queue does no work itself'));

const skipped = (job: Job, says: string): Done => ({
  outcome: { ...job, kind: 'skipped', says },
  files: {},
});

/** Ends where it is interrupted, and not before. */
const endless =
  (begun: AbortController): Work =>
  async (job, signal) => {
    begun.abort();
    await aborted(signal);
    return skipped(job, 'interrupted');
  };

describe.skipIf(!hasRedis)('on a real Redis', () => {
  let server: Awaited<ReturnType<typeof redis>>;
  beforeAll(async () => {
    server = await redis();
  });
  afterAll(() => server.stop());

  /** A fleet that waits for outcomes, and workers to give it some. */
  function fleetOf(...names: readonly string[]) {
    const jobs = names.map((target) => ({ target, digest: `digest-of-${target}` }));
    const at = parseRedis(server.url, jobs);
    const told: Outcome[] = [];
    const said: string[] = [];
    const stop = new AbortController();
    const ended = onRedis(at, (sentence) => said.push(sentence))(
      jobs,
      nobody,
      ({ outcome }) => told.push(outcome),
      stop.signal,
    );
    const worker = (work: Work, lostAfterMs = 30_000) => {
      const interrupt = new AbortController();
      const left = serveRedis(at, { atOnce: 1, lostAfterMs }, work, interrupt.signal, () => undefined);
      return async () => {
        interrupt.abort();
        await left;
      };
    };
    return { at, told, said, ended, worker, stop };
  }

  test('the job of an interrupted worker goes to another at once', async () => {
    const { told, ended, worker } = fleetOf('interrupted');
    const begun = new AbortController();
    const end = worker(endless(begun));
    await aborted(begun.signal);
    await end();
    const endOther = worker(async (job) => skipped(job, 'by the other'));
    await ended;
    expect(told).toMatchObject([{ target: 'interrupted', says: 'by the other' }]);
    await endOther();
  });

  test('the job of a lost worker goes to another, and what it answers late is dropped', async () => {
    const { at, told, ended, worker } = fleetOf('lost', 'slow');
    const [begun, revived] = [new AbortController(), new AbortController()];
    const lost = new Worker<Job>(
      at.name,
      async ({ data }) => {
        begun.abort();
        await aborted(revived.signal);
        return skipped(data, 'late');
      },
      { connection: { url: at.url }, lockDuration: 300, skipLockRenewal: true, skipStalledCheck: true },
    );
    const refused = new Promise<void>((resolve) => lost.on('error', () => resolve()));
    await aborted(begun.signal);
    let count = 0;
    const endOther = worker(async (job) => {
      count += 1;
      // The first of the two is done while the other is under way, so that the fleet is still there.
      if (count === 2) {
        revived.abort();
        await refused;
      }
      return skipped(job, 'in time');
    }, 300);
    await ended;
    expect(told.map(({ target }) => target).toSorted()).toEqual(['lost', 'slow']);
    expect(told).toMatchObject([{ says: 'in time' }, { says: 'in time' }]);
    await lost.close();
    await endOther();
  });

  test('a target that ends all its workers fails after a few, and says who was the last', async () => {
    const { at, told, ended, worker } = fleetOf('poison');
    const queue = new BullQueue(at.name, { connection: { url: at.url } });
    const jobs = () => queue.getJobs(['waiting']);
    await expect.poll(async () => (await jobs()).length, { timeout: 60_000 }).toBe(1);
    const client = new Redis(at.url);
    // Where BullMQ counts how often a job was begun.
    for (const { id = '' } of await jobs()) await client.hset(queue.toKey(id), 'ats', attemptsMax);
    client.disconnect();
    await queue.close();
    let isBegun = false;
    const end = worker(async (job) => {
      isBegun = true;
      return skipped(job, 'once more');
    });
    await ended;
    expect(isBegun).toBe(false);
    expect(told).toMatchObject([{ target: 'poison', kind: 'failed', at: 'run' }]);
    await end();
  });

  test('workers that are interrupted cost a target nothing', async () => {
    const { told, ended, worker } = fleetOf('patient');
    for (let attempt = 0; attempt <= attemptsMax; attempt += 1) {
      const begun = new AbortController();
      const end = worker(endless(begun));
      await aborted(begun.signal);
      await end();
    }
    const end = worker(async (job) => skipped(job, 'at last'));
    await ended;
    expect(told).toMatchObject([{ target: 'patient', kind: 'skipped', says: 'at last' }]);
    await end();
  });

  test('an outcome of another target is none', async () => {
    const { told, ended, worker } = fleetOf('asked', 'other');
    const end = worker(async () => skipped({ target: 'other', digest: 'digest-of-other' }, 'mine'));
    await ended;
    expect(told).toMatchObject([
      { target: 'asked', kind: 'failed', at: 'inside' },
      { target: 'other', kind: 'skipped', says: 'mine' },
    ]);
    await end();
  });

  test('a fleet survives that Redis forgets everything, and says that nobody works', async () => {
    const { at, told, said, ended, worker } = fleetOf('one', 'two');
    const queue = new BullQueue(at.name, { connection: { url: at.url } });
    const isThere = async () => (await queue.getWaitingCount()) === 2;
    await expect.poll(isThere, { timeout: 60_000 }).toBe(true);
    await queue.obliterate();
    const end = worker(async (job) => skipped(job, 'again'));
    await ended;
    expect(told).toHaveLength(2);
    expect(said).toEqual([expect.stringContaining('no worker is there')]);
    expect(await queue.getJobCountByTypes()).toBe(0);
    await queue.close();
    await end();
  });

  test('an interrupted fleet takes back what nobody began', async () => {
    const { at, told, ended, stop } = fleetOf('early', 'later');
    const queue = new BullQueue(at.name, { connection: { url: at.url } });
    await expect.poll(() => queue.getWaitingCount(), { timeout: 60_000 }).toBe(2);
    stop.abort();
    await ended;
    expect(told).toEqual([]);
    expect(await queue.getWaitingCount()).toBe(0);
    await queue.close();
  });
});
