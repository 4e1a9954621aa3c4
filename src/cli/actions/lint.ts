import { existsSync } from 'node:fs';
import type { ExitCode } from '../../model/gate.js';
import { plural } from '../../model/plural.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import type { Engine } from '../ports.js';

/** Reports every mistake in suites, as a compiler does. */
export async function lintAction(paths: readonly string[], io: Io, engine: Engine): Promise<ExitCode> {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new Mistake(`${missing} does not exist`);
  const { suites, problems } = await engine.read(paths);
  for (const problem of problems) io.err(`${problem}\n`);
  if (problems.length > 0) {
    io.err(`sessionspec: ${plural(problems.length, 'mistake')}\n`);
    return 3;
  }
  if (suites.length === 0) throw new Mistake(`no suite in ${paths.join(', ')}; a suite is a .yaml file`);
  const checks = suites.reduce((sum, suite) => sum + suite.checks.length, 0);
  const monitors = suites.reduce((sum, suite) => sum + suite.monitors.length, 0);
  const watching = monitors === 0 ? '' : ` and ${plural(monitors, 'monitor')}`;
  io.out(`${plural(suites.length, 'suite')} with ${plural(checks, 'check')}${watching}, no mistakes\n`);
  return 0;
}
