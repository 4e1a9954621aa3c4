import type { Examined } from '../../model/suite.js';
import { visibleCopy } from '../../report/visible.js';
import type { ListFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import { labelOf, newestOf } from '../../model/level.js';
import { isKilledBy, type Mutant } from '../../model/catalogue.js';
import { plural } from '../../model/plural.js';
import type { Engine } from '../ports.js';
import { selectFrom } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';
import type { RequirementKey } from '../../model/requirement.js';
import { revisions } from '../../model/revision.js';

/** The checks, by suite. */
export async function listAction(flags: ListFlags, io: Io, engine: Engine): Promise<void> {
  const suites = visibleCopy(await chosenSuites(flags.suite, engine, flags));
  const chosen = selectFrom(suites, flags);
  const checks: readonly Examined[] = [...chosen.checks, ...chosen.monitors];
  if (flags.requirements) {
    requirementsAction(engine.requirements(), checks, flags.json ?? false, io);
    return;
  }
  const mutants = engine.mutants();
  if (flags.json) {
    io.out(
      `${JSON.stringify(
        checks.map((check) => checkData(check, mutants)),
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
    for (const check of members) {
      const newest = newestOf(check);
      const label = newest === undefined ? '' : labelOf(check.requirement.weights[newest]);
      io.out(`  ${check.id.padEnd(width)}  ${colors.dim(label.padEnd(labelWidth))}  ${check.title}\n`);
    }
    io.out('\n');
  }
  const counted = [
    plural(chosen.checks.length, 'check'),
    ...(chosen.monitors.length > 0 ? [plural(chosen.monitors.length, 'monitor')] : []),
  ];
  io.out(`${counted.join(' and ')}; sessionspec explain ID says more about one\n`);
}

const labelWidth = 'MUST NOT (security)'.length;

function checkData(check: Examined, mutants: readonly Mutant[]) {
  const { id, suite, title, requirement, revisions: own, needs, tags } = check;
  const killed = mutants.filter((mutant) => isKilledBy(mutant, id)).map(({ name }) => name);
  const { keys, weights } = requirement;
  const levels = Object.fromEntries(own.map((revision) => [revision, weights[revision]]));
  return { id, suite, title, keys, levels, revisions: own, needs, tags, mutants: killed };
}

/** Which statements are examined by which checks, by revision, and why the others are not. */
function requirementsAction(
  requirements: readonly RequirementKey[],
  checks: readonly Examined[],
  json: boolean,
  { out, colors }: Io,
): void {
  const rows = requirements.map((requirement) => ({
    ...requirement,
    checks: examining(requirement, checks),
  }));
  if (json) {
    out(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  for (const { key, says, checks: by, excluded, 'excluded-in': only = {} } of rows) {
    const indent = ' '.repeat(19);
    out(`${colors.bold(key.padEnd(18))} ${says}\n`);
    out(
      `${indent}${by.length > 0 ? by.join(', ') : colors.dim(`not examined: ${excluded ?? 'by none of these checks'}`)}\n`,
    );
    for (const [revision, because] of Object.entries(only))
      out(`${indent}${colors.dim(`not in ${revision}: ${because}`)}\n`);
  }
  out('\n');
  for (const revision of revisions) {
    const made = rows.filter((row) => row.levels?.[revision] !== undefined);
    const seen = made.filter((row) =>
      checks.some((check) => row.checks.includes(check.id) && check.revisions.includes(revision)),
    );
    const left = made.filter((row) => (row.excluded ?? row['excluded-in']?.[revision]) !== undefined);
    out(
      `${revision}  ${made.length} statements, ${seen.length} examined, ${left.length} excluded with a reason\n`,
    );
  }
}

function examining({ key }: RequirementKey, checks: readonly Examined[]): readonly string[] {
  return checks.filter(({ requirement }) => requirement.keys.includes(key)).map(({ id }) => id);
}
