import { shownVerdictOf, type Report } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { findings } from './findings.js';

/** The failures that make the target not conformant. */
export function failureLines(report: Report, options: RenderOptions): readonly string[] {
  const failures = report.results.filter((result) => shownVerdictOf(result) === 'fail');
  return findings('Failures', failures, 'fail', report, options);
}

/** The failures that the policy lets pass. */
export function warningLines(report: Report, options: RenderOptions): readonly string[] {
  const warnings = report.results.filter((result) => shownVerdictOf(result) === 'warning');
  return findings(
    `Warnings (--fail-on ${report.policy.failOn} lets them pass)`,
    warnings,
    'warning',
    report,
    options,
  );
}
