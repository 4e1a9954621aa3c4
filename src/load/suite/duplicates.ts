import type { Diagnostic } from '../../model/diagnostic.js';
import { located, type Source } from '../yaml/position.js';
import type { DocPath } from '../yaml/problem.js';

/** Where a check has its id. */
export interface NamedCheck {
  readonly id: string;
  readonly source: Source;
  readonly at: DocPath;
}

/** An id names one check in all files of a run: baselines and reports rest on it. */
export function duplicateIds(checks: readonly NamedCheck[]): readonly Diagnostic[] {
  const first = new Map<string, NamedCheck>();
  return checks.flatMap((check) => {
    const other = first.get(check.id);
    if (other === undefined) {
      first.set(check.id, check);
      return [];
    }
    const { file, line } = located(other.source, { at: other.at, message: '' });
    const message = `the id \`${check.id}\` is taken by the check at ${file}:${line}; give this one another`;
    return [located(check.source, { at: check.at, message })];
  });
}
