import pLimit from 'p-limit';
import type { Job, Outcome } from '../../model/fleet.js';

/** An outcome, with the files of the site that are about it alone, by their paths in it. */
export interface Done {
  readonly outcome: Outcome;
  readonly files: Readonly<Record<string, string>>;
}

/** Carries out one job. Never rejects: what goes wrong with a target is its outcome. */
export type Work = (job: Job, signal: AbortSignal) => Promise<Done>;

/** Has all jobs carried out, here or elsewhere, and tells of each once. Jobs that have not begun at an abort are not carried out. */
export type Queue = (
  jobs: readonly Job[],
  work: Work,
  told: (done: Done) => void,
  signal: AbortSignal,
) => Promise<void>;

/** In this process, so many at once. */
export function here(atOnce: number): Queue {
  return async (jobs, work, told, signal) => {
    const limit = pLimit(atOnce);
    await Promise.all(
      jobs.map((job) =>
        limit(async () => {
          if (!signal.aborted) told(await work(job, signal));
        }),
      ),
    );
  };
}
