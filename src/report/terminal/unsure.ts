import type { Report, Result } from '../../model/report.js';
import { againCommand } from '../again.js';
import { inconclusiveCounts } from '../counts.js';
import { shownEvidence } from '../evidence.js';
import type { RenderOptions } from '../renderer.js';
import { sign } from './marks.js';
import { nameOf } from './name.js';

/** The checks nobody can believe either way, with the reason. */
export function unsureLines(report: Report, options: RenderOptions): readonly string[] {
  const unsure = report.results.filter(({ verdict }) => verdict === 'inconclusive');
  if (unsure.length === 0) return [];
  return [options.colors.bold('Inconclusive'), ...unsure.flatMap((result) => block(result, report, options))];
}

function block(result: Result, report: Report, options: RenderOptions): readonly string[] {
  const { colors, policy } = options;
  const counts = inconclusiveCounts(result, policy) ? '' : colors.dim('   does not count');
  const shown = [
    ['because', `${result.message}${colors.dim(` (${result.reason ?? 'no reason given'})`)}`],
    ...shownEvidence(result),
    ['again', colors.cyan(againCommand(result, report.profile, options.again))],
  ] as const;
  return [
    `${sign('inconclusive', colors)} ${colors.bold(nameOf(result, report))}   ${result.level}   ${result.title}${counts}`,
    ...shown.map(([label, text]) => `  ${colors.dim(label.padEnd(12))}${text}`),
  ];
}
