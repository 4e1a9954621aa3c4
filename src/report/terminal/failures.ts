import type { Report } from '../../model/report.js';
import { failureCounts } from '../counts.js';
import type { RenderOptions } from '../renderer.js';
import { findings } from './findings.js';

/** The failures that make the target not conformant. */
export function failureLines(report: Report, options: RenderOptions): readonly string[] {
  const failures = report.results.filter((result) => failureCounts(result, options.policy));
  return findings('Failures', failures, 'fail', report, options);
}

/** The failures that the policy lets pass. */
export function warningLines(report: Report, options: RenderOptions): readonly string[] {
  const { policy } = options;
  const warnings = report.results.filter(
    (result) => result.verdict === 'fail' && !failureCounts(result, policy),
  );
  return findings(
    `Warnings (--fail-on ${policy.failOn} lets them pass)`,
    warnings,
    'warning',
    report,
    options,
  );
}
