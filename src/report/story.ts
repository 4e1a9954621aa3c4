import { entryText } from '../model/baseline.js';
import type { Finding } from '../model/finding.js';
import type { Report, Result } from '../model/report.js';
import { excuseWords } from './baseline.js';
import { againWords, resultName, shownEvidence, type Shown } from './evidence.js';
import type { Again } from './renderer.js';

/** The check that shows the cause best. */
export function leaderOf({ id, reason }: Finding, { results }: Pick<Report, 'results'>): Result | undefined {
  const failed = results.filter((result) => result.id === id && result.reason === reason);
  return failed.find(({ counts }) => counts) ?? failed[0];
}

/** The failures of the checks that a finding names, with all their revisions. */
export function failuresOf(ids: readonly string[], { results }: Pick<Report, 'results'>): readonly Result[] {
  return results.filter(({ id, verdict }) => verdict === 'fail' && ids.includes(id));
}

export function namesOf(ids: readonly string[], report: Report): readonly string[] {
  return failuresOf(ids, report).map((result) => resultName(result, report));
}

/** What should be, and what is. */
export function headlineOf(finding: Finding, report: Report): string {
  const leader = leaderOf(finding, report);
  return leader === undefined ? finding.title : `${leader.title}: ${finding.title}`;
}

/** All that there is to say of a finding, as labels with their texts, for formats without a layout of their own. */
export function storyOf(finding: Finding, report: Report, again: Again): readonly Shown[] {
  const leader = leaderOf(finding, report);
  const { requirement, link, checks, folded, undecided = [], controls = [], entry } = finding;
  return [
    ...row('requirement', requirement.says),
    ...row('link', link),
    ...(leader === undefined ? [] : [...row('found', leader.message), ...shownEvidence(leader, 1)]),
    ...row('why', requirement.why),
    ...row('fix', requirement.fix),
    ...row('checks', namesOf(checks, report).join(', ')),
    ...row('explains', namesOf(folded, report).join(', ')),
    ...row('undecided', undecided.join(', ')),
    ...row('controls', controls.join(', ')),
    ...row('known', excuseOfFinding(finding, report)),
    ...row('baseline', entry && `- ${entryText(entry)}`),
    ...(leader === undefined ? [] : row('again', againWords(leader, report, again).join(' '))),
  ];
}

/** By which entry of the baseline a finding is excused; empty where a failure of it is not. */
export function excuseOfFinding(finding: Finding, report: Report): string {
  const leader = leaderOf(finding, report);
  const isExcused = finding.standing === 'expected' && leader !== undefined;
  return isExcused ? excuseWords(leader, report).replace(/: $/, '') : '';
}

function row(label: string, text: string | undefined): readonly Shown[] {
  return text === undefined || text === '' ? [] : [[label, text]];
}

/** The rows below each other, as a page with letters of one width shows them. */
export function aligned(rows: readonly Shown[]): string {
  return rows.map(([label, text]) => `${label.padEnd(12)}${text}`).join('\n');
}
