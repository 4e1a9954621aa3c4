import { findingsOf } from '../findings/findings.js';
import type { Facts } from '../model/facts.js';
import { shownVerdictOf, shownVerdicts, type Report, type Result } from '../model/report.js';
import { tabulate } from '../model/tables.js';
import { gate } from './gate.js';

/** What is known of a run besides what was found and judged. */
export interface Circumstances extends Pick<
  Report,
  'tool' | 'startedAt' | 'durationMs' | 'profile' | 'policy' | 'selection' | 'seed' | 'incidents' | 'traffic'
> {
  readonly url: string;
  readonly interrupted: boolean;
  /** Why nothing could be examined, if so. */
  readonly unusable?: string | undefined;
}

/** Puts a report together, of a run or of its recording. */
export function assembleReport(
  { url, interrupted, unusable, ...run }: Circumstances,
  facts: readonly Facts[],
  results: readonly Result[],
): Report {
  const [first] = facts;
  const { policy, incidents, selection } = run;
  const findings = findingsOf(results);
  const decided = gate(results, policy, { findings, interrupted, incidents, selection });
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
    findings,
    results,
  };
}
