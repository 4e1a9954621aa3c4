import type { Check } from '../../model/suite.js';
import { visibleCopy } from '../../report/visible.js';
import type { ListFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Mutant } from '../../model/mutant.js';
import type { Engine } from '../ports.js';
import { selectChecks } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';
import { requirementsAction } from './requirements.js';

/** The checks, by suite. */
export async function listAction(flags: ListFlags, io: Io, engine: Engine): Promise<void> {
  const suites = visibleCopy(await chosenSuites(flags.suite, engine));
  const checks = selectChecks(suites, flags);
  if (flags.requirements) {
    requirementsAction(engine.requirements(), checks, flags.json ?? false, io);
    return;
  }
  const mutants = engine.mutants();
  if (flags.json) {
    io.out(
      `${JSON.stringify(
        checks.map((check) => listed(check, mutants)),
        null,
        2,
      )}\n`,
    );
    return;
  }
  const { colors } = io;
  const width = Math.max(...checks.map(({ id }) => id.length));
  for (const { suite, title } of suites) {
    const members = checks.filter((check) => check.suite === suite);
    if (members.length === 0) continue;
    io.out(`${colors.bold(suite)}  ${title}\n`);
    for (const { id, requirement, title: says } of members) {
      io.out(`  ${id.padEnd(width)}  ${colors.dim(requirement.level.padEnd(10))}  ${says}\n`);
    }
    io.out('\n');
  }
  io.out(`${checks.length} checks; sessionspec explain ID tells more of one\n`);
}

function listed(check: Check, mutants: readonly Mutant[]) {
  const { id, suite, title, requirement, revisions, needs, tags } = check;
  const killed = mutants.filter(({ kills }) => kills.includes(id)).map(({ name }) => name);
  return { id, suite, title, level: requirement.level, revisions, needs, tags, mutants: killed };
}
