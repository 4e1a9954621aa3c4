import type { Job } from '../../model/fleet.js';

/** Which jobs have no outcome yet. */
export interface Tally {
  /** Whether this is the first outcome of one of the jobs. One that comes again, late, or of other work is none. */
  readonly take: (outcome: Job) => boolean;
  readonly open: () => readonly Job[];
}

export function tallyOf(jobs: readonly Job[]): Tally {
  const open = new Map(jobs.map((job) => [keyOf(job), job]));
  return {
    take: (outcome) => open.delete(keyOf(outcome)),
    open: () => [...open.values()],
  };
}

/** What an outcome is known by: a digest alone could be copied to another target. */
export function keyOf({ target, digest }: Job): string {
  return `${digest} ${target}`;
}
