import type { Report, Result } from '../../model/report.js';

/** The id of a check, with the revision where several were examined. */
export function nameOf(result: Result, report: Report): string {
  return report.revisions.length > 1 ? `${result.id} @ ${result.revision}` : result.id;
}
