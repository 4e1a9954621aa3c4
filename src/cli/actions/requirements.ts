import type { RequirementKey } from '../../model/requirement.js';
import { revisions } from '../../model/revision.js';
import type { Check } from '../../model/suite.js';
import type { Io } from '../output/io.js';

/** Which statements are examined by which checks, by revision, and why the others are not. */
export function requirementsAction(
  requirements: readonly RequirementKey[],
  checks: readonly Check[],
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

function examining({ key }: RequirementKey, checks: readonly Check[]): readonly string[] {
  return checks.filter(({ requirement }) => requirement.keys.includes(key)).map(({ id }) => id);
}
