import type { RequirementKey } from '../../model/requirement.js';
import { revisions } from '../../model/revision.js';
import type { Check } from '../../model/suite.js';
import type { Io } from '../io.js';

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
  for (const { key, says, checks: by, excluded } of rows) {
    out(`${colors.bold(key.padEnd(18))} ${says}\n`);
    out(
      `${' '.repeat(19)}${by.length > 0 ? by.join(', ') : colors.dim(`not examined: ${excluded ?? 'no check yet'}`)}\n`,
    );
  }
  out('\n');
  for (const revision of revisions) {
    const made = rows.filter((row) => row.revisions[revision] !== undefined);
    const seen = made.filter((row) =>
      checks.some((check) => row.checks.includes(check.id) && check.revisions.includes(revision)),
    );
    out(
      `${revision}  ${made.length} statements, ${seen.length} examined, ${made.filter(({ excluded }) => excluded !== undefined).length} excluded with a reason\n`,
    );
  }
}

function examining({ key }: RequirementKey, checks: readonly Check[]): readonly string[] {
  return checks.filter(({ requirement }) => requirement.keys.includes(key)).map(({ id }) => id);
}
