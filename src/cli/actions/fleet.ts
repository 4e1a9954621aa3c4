import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ExitCode } from '../../model/gate.js';
import type { Fleet, FleetTarget, Job, Outcome } from '../../model/fleet.js';
import { visibleJson } from '../../report/visible.js';
import { workOn } from '../fleet/examine.js';
import { exitOf, judgedOutcome, type Standing } from '../fleet/gate.js';
import { jobsOf } from '../fleet/job.js';
import { here, type Done, type Queue } from '../fleet/queue.js';
import { readFleet } from '../fleet/read.js';
import { startFleetProgress } from '../fleet/progress.js';
import { writeSite } from '../fleet/site.js';
import { doneIn, openStore, type Store } from '../fleet/store.js';
import { tallyOf } from '../fleet/tally.js';
import { choice, wholeNumber } from '../options/choice.js';
import { matching } from '../options/select.js';
import { parseShard } from '../options/shard.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';

export interface FleetFlags {
  readonly output: string;
  readonly only: readonly string[];
  readonly jobs?: string;
  readonly shard?: string;
  readonly collect: readonly string[];
  readonly resume?: true;
  readonly update?: true;
  readonly reporter: string;
  /** The Redis server that hands the work to workers. */
  readonly queue?: string;
}

/** Examines all targets of a fleet and writes the site that compares them. */
export async function fleetAction(
  path: string,
  flags: FleetFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const format = choice('--reporter', flags.reporter, ['terminal', 'ndjson']);
  const atOnce =
    flags.jobs === undefined
      ? availableParallelism()
      : wholeNumber('--jobs', flags.jobs, { min: 1, max: 256 });
  const fleet = await readFleet(path, io, engine);
  if (flags.update && fleet.records === undefined)
    throw new Mistake(`--update writes into the folder that ${path} names as \`records\`, and it names none`);
  const targets = chosenOf(fleet, flags);
  const store = openStore(flags.output);
  const progress = await startFleetProgress(targets.length, format, io);
  const told: Standing[] = [];
  const allJobs = jobsOf(fleet, engine);
  const chosen = new Set(targets.map(({ name }) => name));
  const jobs = allJobs.filter(({ target }) => chosen.has(target));
  const tally = tallyOf(jobs);
  const tell = (done: Done) => {
    if (!tally.take(done.outcome)) return;
    store.put(done);
    const standing = judgedOutcome(done.outcome, fleet);
    told.push(standing);
    progress.done(standing);
  };
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  try {
    const before = flags.collect.length > 0 ? flags.collect : flags.resume ? [flags.output] : [];
    for (const folder of before)
      for (const done of doneIn(folder, jobs)) if (done.outcome.kind === 'examined') tell(done);
    const open = tally.open();
    if (flags.collect.length > 0) refuseMissing(open.map(({ target }) => target));
    else {
      const queue = flags.queue === undefined ? here(atOnce) : await onRedisAt(flags.queue, allJobs, io);
      await queue(open, workOn(fleet, engine, io, progress.observe), tell, interrupt.signal);
    }
  } finally {
    forget();
    progress.stop();
  }
  if (interrupt.signal.aborted)
    throw new Mistake('interrupted; the outcomes so far are kept, and --resume goes on', 130);
  writeSite(fleet, store.outcomes(), store);
  if (flags.update)
    updateRecords(
      fleet,
      told.map(({ outcome }) => outcome),
    );
  progress.summary(told, join(flags.output, 'index.html'));
  // What came to no report could not be recorded.
  return exitOf(flags.update ? told.filter(({ outcome }) => outcome.kind === 'failed') : told);
}

async function onRedisAt(url: string, all: readonly Job[], { err }: Io): Promise<Queue> {
  const [{ onRedis }, { parseRedis }] = await Promise.all([
    import('../fleet/redis-fleet.js'),
    import('../fleet/redis.js'),
  ]);
  return onRedis(parseRedis(url, all), (sentence) => err(`sessionspec: ${sentence}\n`));
}

function chosenOf({ targets }: Fleet, { only, shard: text }: FleetFlags): readonly FleetTarget[] {
  const isWanted = matching(
    '--only',
    only,
    targets.map(({ name }) => name),
  );
  const chosen = only.length === 0 ? targets : targets.filter(({ name }) => isWanted(name));
  if (text === undefined) return chosen;
  const { index, of } = parseShard(text);
  const part = chosen.filter((_, at) => at % of === index - 1);
  if (part.length === 0) throw new Mistake(`--shard ${text} leaves no target: there are ${chosen.length}`);
  return part;
}

function refuseMissing(names: readonly string[]): void {
  if (names.length > 0)
    throw new Mistake(
      `the folders of --collect have no outcome, of this work, for: ${names.join(', ')}; run the missing parts with --shard`,
      2,
    );
}

function updateRecords({ records }: Fleet, outcomes: readonly Outcome[]): void {
  if (records === undefined) return;
  const { write }: Store = openStore(records);
  for (const outcome of outcomes)
    if (outcome.kind === 'examined') write(join(outcome.target, 'record.json'), visibleJson(outcome.record));
}
