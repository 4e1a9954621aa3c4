import type * as Bull from 'bullmq';
import { digestOf } from '../../report/digest.js';
import type { Job } from '../../model/fleet.js';
import { Mistake } from '../mistake.js';

/** How the two ends of a queue find each other. */
export interface RedisAt {
  readonly url: string;
  /** A queue is for the work of one whole fleet: by other checks, or on other files, other results would come. */
  readonly name: string;
}

/** A job as it lies in Redis. */
export interface Queued extends Job {
  /** The process that began it last. */
  readonly begunBy?: string;
  /** How often a worker gave it back because it was ended itself. */
  readonly interrupted?: number;
}

const readyMs = 10_000;

/** Where `--queue` says, for a fleet with these jobs. */
export function parseRedis(url: string, jobs: readonly Job[]): RedisAt {
  if (!URL.canParse(url) || !['redis:', 'rediss:'].includes(new URL(url).protocol))
    throw new Mistake('--queue must be an address such as redis://127.0.0.1:6379');
  return { url, name: `sessionspec-${digestOf(jobs).slice(0, 12)}` };
}

/** The package is only there where somebody wants a queue. */
export async function bull(): Promise<typeof Bull> {
  try {
    return await import('bullmq');
  } catch {
    throw new Mistake('--queue needs the packages bullmq and ioredis: npm install bullmq ioredis');
  }
}

export function connectionOf({ url }: RedisAt) {
  // oxlint-disable-next-line unicorn/no-null -- it is how ioredis is told to try for ever.
  return { connection: { url, maxRetriesPerRequest: null } };
}

export async function ready(
  { url }: RedisAt,
  ...all: readonly { readonly waitUntilReady: () => Promise<unknown> }[]
): Promise<void> {
  const late = AbortSignal.timeout(readyMs);
  const isReady = await Promise.race([
    Promise.all(all.map((each) => each.waitUntilReady())).then(() => true),
    aborted(late).then(() => false),
  ]);
  if (isReady) return;
  const { host } = new URL(url);
  throw new Mistake(
    `no Redis server answers at ${host} within ${readyMs / 1_000} s; start one, or correct --queue`,
    2,
  );
}

/** Resolves at the abort. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
