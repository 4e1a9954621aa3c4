import pLimit from 'p-limit';
import type { Fleet, FleetTarget, Job, Poisoned } from '../../model/fleet.js';
import type { Run } from '../../model/report.js';
import { defaultOptions, defaultsOver, type RunEvent } from '../../model/run.js';
import { recordOf } from '../../report/record.js';
import { leftOutOf } from '../options/select.js';
import type { ConnectionFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';
import { parseAsked, withTarget } from '../process/with-target.js';
import type { Done, Work } from './queue.js';
import { build, inFolder, lacking } from './prepare.js';
import { filesOf } from './store.js';

const noFlags: ConnectionFlags = { header: [], as: [], replica: [] };

/** Hears what happens to a target while it is examined. */
export type Observe = (target: string, event: RunEvent) => void;

/** Builds a target, starts it, examines it and stops it again. */
export function workOn(fleet: Fleet, engine: Engine, io: Io, observe: Observe): Work {
  const byName = new Map(fleet.targets.map((target) => [target.name, target]));
  // A build takes all cores, and several may be of one folder.
  const oneBuild = pLimit(1);
  return async (job, signal) => {
    const target = byName.get(job.target);
    if (target === undefined) return failed(job, 'run', 'the fleet has no target of this name');
    const lacks = lacking(target, io.env);
    if (lacks.length > 0)
      return {
        outcome: { ...job, kind: 'skipped', says: `${lacks.join(' and ')} not found on PATH` },
        files: {},
      };
    const fault = await oneBuild(() => build(target, io, signal));
    if (fault !== undefined) return failed(job, 'build', fault);
    const startedMs = performance.now();
    try {
      const bound = AbortSignal.timeout(fleet.minutesMax * 60_000);
      const all = AbortSignal.any([signal, bound]);
      const { run, files } = await examined(target, fleet, engine, io, all, observe);
      if (run.report.gate.exit === 130)
        return failed(
          job,
          'run',
          signal.aborted ? 'interrupted' : `it took longer than ${fleet.minutesMax} minutes`,
        );
      const tookMs = Math.round(performance.now() - startedMs);
      return {
        outcome: { ...job, kind: 'examined', record: recordOf(job.target, run.report), tookMs },
        files,
      };
    } catch (error) {
      if (error instanceof Mistake) return failed(job, 'start', error.message);
      // The others go on.
      return failed(
        job,
        'inside',
        `an error of sessionspec: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
}

function failed(job: Job, at: Poisoned['at'], says: string): Done {
  return { outcome: { ...job, kind: 'failed', at, says }, files: {} };
}

async function examined(
  { name, description, folder }: FleetTarget,
  { profile }: Fleet,
  engine: Engine,
  io: Io,
  bound: AbortSignal,
  observe: Observe,
): Promise<{ readonly run: Run; readonly files: Done['files'] }> {
  const { server, stdio } = description;
  const there = {
    ...description,
    ...(server !== undefined && { server: inFolder(folder, server) }),
    ...(stdio !== undefined && { stdio: inFolder(folder, stdio) }),
  };
  const suites = engine.builtIn();
  const checks = suites.flatMap((suite) => suite.checks);
  const monitors = suites.flatMap((suite) => suite.monitors);
  const selected = { checks, monitors, leftOut: leftOutOf(suites, [...checks, ...monitors]) };
  return withTarget(parseAsked(undefined, noFlags, there, io.env), io, async (connect, interrupted) => {
    const options = {
      ...defaultsOver(connect.address.kind),
      ...connect,
      profile: description.profile ?? profile ?? defaultOptions.profile,
      policy: defaultOptions.policy,
      signal: AbortSignal.any([bound, interrupted]),
      observe: (event: RunEvent) => observe(name, event),
    };
    const run = await engine.run(selected, options);
    const [{ renderHtml }, { renderBadge }] = await Promise.all([
      import('../../report/html/page.js'),
      import('../../report/badge/svg.js'),
    ]);
    const again = { url: description.url ?? '', options: ['--config', 'sessionspec.yaml'] };
    const { report, badge } = filesOf(name);
    return { run, files: { [report]: renderHtml(run, { again }), [badge]: renderBadge(run) } };
  });
}
