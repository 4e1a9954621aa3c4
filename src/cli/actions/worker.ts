import { availableParallelism } from 'node:os';
import type { ExitCode } from '../../model/gate.js';
import type { Job } from '../../model/fleet.js';
import { visible } from '../../report/visible.js';
import { workOn } from '../fleet/examine.js';
import { jobOf } from '../fleet/job.js';
import type { Work } from '../fleet/queue.js';
import { readFleet } from '../fleet/read.js';
import { parseRedis, serveRedis } from '../fleet/redis.js';
import { decimal, wholeNumber } from '../options/choice.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';

export interface WorkerFlags {
  readonly queue: string;
  readonly jobs?: string;
  readonly lostAfter: string;
}

/** Examines targets of a fleet as a queue hands them out, until it is interrupted. */
export async function workerAction(
  path: string,
  flags: WorkerFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const at = parseRedis(flags.queue, decimal('--lost-after', flags.lostAfter, { min: 1, max: 3_600 }));
  const atOnce =
    flags.jobs === undefined
      ? availableParallelism()
      : wholeNumber('--jobs', flags.jobs, { min: 1, max: 256 });
  const fleet = await readFleet(path, io, engine);
  const own = new Map(fleet.targets.map((target) => [target.name, jobOf(target, fleet, engine)]));
  const work = workOn(fleet, engine, io, () => undefined);
  const same: Work = async (job, signal) => {
    refuseOther(job, own.get(job.target));
    return work(job, signal);
  };
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  try {
    io.err(`sessionspec: waiting for work; SIGINT ends this worker\n`);
    await serveRedis(at, atOnce, same, interrupt.signal, ({ target, kind }) =>
      io.out(`${kind} ${visible(target)}\n`),
    );
  } finally {
    forget();
  }
  return 0;
}

/** By other checks, or on another server, another result would come. */
function refuseOther({ target, digest }: Job, own: Job | undefined): void {
  if (own === undefined) throw new Error(`the worker's fleet has no target ${target}`);
  if (own.digest !== digest)
    throw new Error(`the worker has another version of sessionspec, of the fleet or of ${target}`);
}
