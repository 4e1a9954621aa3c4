import type { Report } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { listed } from './listed.js';

/** Passes of checks that no mutant has shown able to fail. */
export function unprovenLines(report: Report, { colors }: RenderOptions): readonly string[] {
  const ids = report.results
    .filter(({ proven, verdict }) => !proven && verdict === 'pass')
    .map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    `${colors.bold('Unproven')}: passed, but no mutant has shown that the check can fail`,
    ...listed(ids).map((line) => colors.dim(line)),
  ];
}
