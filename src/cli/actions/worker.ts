import { availableParallelism } from 'node:os';
import type { ExitCode } from '../../model/gate.js';
import { visible } from '../../report/visible.js';
import { workOn } from '../fleet/examine.js';
import { jobsOf } from '../fleet/job.js';
import { readFleet } from '../fleet/read.js';
import { parseRedis } from '../fleet/redis.js';
import { serveRedis } from '../fleet/redis-worker.js';
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
  const lostAfter = decimal('--lost-after', flags.lostAfter, { min: 1, max: 3_600 });
  const atOnce =
    flags.jobs === undefined
      ? availableParallelism()
      : wholeNumber('--jobs', flags.jobs, { min: 1, max: 256 });
  const fleet = await readFleet(path, io, engine);
  const at = parseRedis(flags.queue, jobsOf(fleet, engine));
  const work = workOn(fleet, engine, io, () => undefined);
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  try {
    io.err(`sessionspec: waiting for work (${at.name}); SIGINT ends this worker\n`);
    await serveRedis(
      at,
      { atOnce, lostAfterMs: lostAfter * 1_000 },
      work,
      interrupt.signal,
      ({ target, kind }) => io.out(`${kind} ${visible(target)}\n`),
    );
  } finally {
    forget();
  }
  return 0;
}
