import { shownVerdictOf, type ProfileVerdict, type Report, type Result } from '../model/report.js';
import { tabulate } from '../model/tables.js';
import { brokenOf, excuseWords } from './baseline.js';

/** What the formats of test tools can say of a verdict. */
export const outcomes = ['passed', 'failed', 'undecided', 'skipped'] as const;
export type Outcome = (typeof outcomes)[number];

/** Red exactly where the gate counts it; what the policy lets pass is skipped, and its reason says why. */
export function outcomeOf({ verdict, counts }: Pick<ProfileVerdict, 'verdict' | 'counts'>): Outcome {
  if (verdict === 'pass') return 'passed';
  if (!counts) return 'skipped';
  return verdict === 'fail' ? 'failed' : 'undecided';
}

export function countOutcomes({ results }: Pick<Report, 'results'>): Readonly<Record<Outcome, number>> {
  return tabulate(outcomes, (outcome) => results.filter((result) => outcomeOf(result) === outcome).length);
}

/** Whether something is red for each exit code other than 0. An interrupted run, or one of a target that is away, may have nothing. */
export function isRedSomewhere(report: Pick<Report, 'results' | 'baseline'>): boolean {
  return report.results.some(({ counts }) => counts) || brokenOf(report).length > 0;
}

/** The sentence of the gate, where the run came to nothing and no check is red: readers of the checks alone would take it for a good one. */
export function redWithoutCheck(report: Pick<Report, 'results' | 'baseline' | 'gate'>): string | undefined {
  return report.gate.exit !== 0 && !isRedSomewhere(report) ? report.gate.sentence : undefined;
}

/** Why a check is skipped: what it would be called elsewhere, the code, who excuses it, and the sentence. */
export function skippedBecause(result: Result, report: Pick<Report, 'baseline'>): string {
  const reason = result.reason === undefined ? '' : ` (${result.reason})`;
  return `${shownVerdictOf(result)}${reason}: ${excuseWords(result, report)}${result.message}`;
}
