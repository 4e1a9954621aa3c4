import { causesOf } from '../findings/findings.js';
import { entryFor, type Baseline } from '../model/baseline.js';
import type { Finding } from '../model/finding.js';
import type { Facts } from '../model/facts.js';
import { shownVerdictOf, shownVerdicts, type Report, type Result } from '../model/report.js';
import { tabulate } from '../model/tables.js';
import { compareWithBaseline } from './baseline.js';
import { gate } from './gate.js';

/** What is known of a run besides what was found and judged. */
export interface Circumstances extends Pick<
  Report,
  'tool' | 'startedAt' | 'durationMs' | 'profile' | 'policy' | 'selection' | 'seed' | 'incidents' | 'traffic'
> {
  readonly url: string;
  readonly interrupted: boolean;
  /** The failures that are known. */
  readonly baseline?: Baseline | undefined;
  /** Why nothing could be examined, if so. */
  readonly unusable?: string | undefined;
}

/** Puts a report together, of a run or of its recording. */
export function assembleReport(
  { url, interrupted, unusable, baseline, ...run }: Circumstances,
  facts: readonly Facts[],
  judged: readonly Result[],
): Report {
  const [first] = facts;
  const { policy, incidents, selection } = run;
  const causes = causesOf(judged);
  const compared = baseline && compareWithBaseline(baseline, { ...run, results: judged, causes });
  const { results, findings } = compared ?? { results: judged, findings: causes.map((one) => one.finding) };
  const context = { findings, interrupted, incidents, selection };
  const decided = gate(results, policy, { ...context, ...(compared && { baseline: compared.entries }) });
  return {
    format: 'sessionspec-report/3',
    ...run,
    target: { url, ...(first && { name: first.server.name, version: first.server.version }) },
    revisions: facts.map(({ revision }) => revision),
    facts,
    gate: unusable === undefined ? decided : { ...decided, exit: 2, sentence: unusable },
    summary: tabulate(
      shownVerdicts,
      (shown) => results.filter((one) => shownVerdictOf(one) === shown).length,
    ),
    ...(compared && { baseline: compared.entries }),
    findings: findings.map((finding) => offered(finding, run)),
    results,
  };
}

/** With the entry that would excuse it. */
function offered(finding: Finding, run: Pick<Report, 'startedAt' | 'profile'>): Finding {
  return finding.standing === 'expected' ? finding : { ...finding, entry: entryFor(finding, run) };
}
