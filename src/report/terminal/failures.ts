import type { Report, Result } from '../../model/report.js';
import { againCommand } from '../again.js';
import { failureCounts } from '../counts.js';
import { shownEvidence } from '../evidence.js';
import type { RenderOptions } from '../renderer.js';
import { nameOf } from './name.js';
import { sign } from './marks.js';
import type { Mark } from './marks.js';

/** The failures that make the target not conformant. */
export function failureLines(report: Report, options: RenderOptions): readonly string[] {
  const failures = report.results.filter((result) => failureCounts(result, options.policy));
  return section('Failures', failures, 'fail', report, options);
}

/** The failures that the policy lets pass. */
export function warningLines(report: Report, options: RenderOptions): readonly string[] {
  const warnings = report.results.filter(
    (result) => result.verdict === 'fail' && !failureCounts(result, options.policy),
  );
  return section(
    `Warnings (--fail-on ${options.policy.failOn} lets them pass)`,
    warnings,
    'warning',
    report,
    options,
  );
}

function section(
  title: string,
  results: readonly Result[],
  mark: Mark,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  if (results.length === 0) return [];
  const blocks = results.map((result) => failure(result, mark, report, options));
  return [
    options.colors.bold(title),
    ...blocks.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines))),
  ];
}

function failure(result: Result, mark: Mark, report: Report, options: RenderOptions): readonly string[] {
  const { colors } = options;
  const shown = [
    ['requirement', result.requirement.says],
    ['', colors.dim(result.link)],
    ['found', `${result.message}${result.reason === undefined ? '' : colors.dim(` (${result.reason})`)}`],
    ...shownEvidence(result),
    ['again', colors.cyan(againCommand(result, report.profile, options.again))],
  ] as const;
  const unproven = result.proven ? '' : colors.dim('   unproven');
  return [
    `${sign(mark, colors)} ${colors.bold(nameOf(result, report))}   ${result.level}   ${result.title}${unproven}`,
    ...shown.map(([label, text]) => `  ${colors.dim(label.padEnd(12))}${text}`),
  ];
}
