import { loadCatalogue } from '../../load/index.js';
import { loadTexts, suiteWith } from '../../load/testing/lint.js';
import { renderDiagnostic } from '../../load/index.js';
import type { Check } from '../../model/suite.js';

/** What comes with the package, read from its files. */
export const builtIn = loadCatalogue();
export const builtInChecks = builtIn.suites.flatMap(({ checks }) => checks);

/** A check with these steps, as the loader makes it. */
export function checkOf(steps: string, changes: Partial<Check> = {}): Check {
  const { suites, diagnostics } = loadTexts({ 'mine.yaml': suiteWith(steps) });
  const [check] = suites.flatMap(({ checks }) => checks);
  if (check === undefined) throw new Error(diagnostics.map(renderDiagnostic).join('\n'));
  return { ...check, ...changes };
}

/** The same with invariants, which a suite writes behind the steps. */
export function checkHolding(steps: string, invariants: string): Check {
  return checkOf(`${steps}\n__INVARIANTS__${invariants}`);
}
