import { labelOf } from '../model/level.js';
import type { Report, Result } from '../model/report.js';
import { againWords, shownEvidence, type Shown } from '../report/evidence.js';
import type { Again } from '../report/renderer.js';
import { visibleCopy } from '../report/visible.js';
import { renderFinding } from './render.js';

/**
 * A result that counts, as the message of a failed test: the finding where the check leads it, otherwise what came to this check and
 * where the finding stands.
 */
export async function failureOf(result: Result, report: Report, again: Again): Promise<string> {
  const finding = report.findings.find(({ id, checks, folded, undecided = [] }) =>
    [id, ...checks, ...folded, ...undecided].includes(result.id),
  );
  if (finding?.id === result.id && result.verdict === 'fail')
    return renderFinding(finding, report, { again });
  const shown = visibleCopy(result);
  const lines: readonly Shown[] = [
    ...(finding === undefined ? requirementOf(shown) : []),
    [result.verdict === 'fail' ? 'found' : 'because', `${shown.message} (${shown.reason ?? ''})`],
    ...shownEvidence(shown, 1),
    ...(finding === undefined ? [] : [['cause', `as in ${finding.id}, whose test says more`] as const]),
    ['again', againWords(shown, report, again).join(' ')],
  ];
  const where = report.revisions.length > 1 ? ` @ ${shown.revision}` : '';
  return [
    `${result.verdict === 'fail' ? '✗' : '?'} ${shown.title}${where}   ${labelOf(shown)}`,
    ...lines.map(([label, text]) => `  ${label.padEnd(12)}${text}`),
  ].join('\n');
}

function requirementOf({ requirement, link }: Result): readonly Shown[] {
  return [['requirement', requirement.says], ...(link === undefined ? [] : [['', link] as const])];
}
