import { entryStandings, excuseOf, holds, subjectOf, type JudgedEntry } from '../model/baseline.js';
import type { Report, Result } from '../model/report.js';

/** The entries of the baseline that do not hold: each is a failure of its own, for a stale one has no other. */
export function brokenOf({ baseline = [] }: Pick<Report, 'baseline'>): readonly JudgedEntry[] {
  return baseline.filter((entry) => !holds(entry));
}

/** What is wrong with an entry, in one sentence without a full stop. */
export function brokenWords(entry: JudgedEntry): string {
  const { reason, instead, standing, expires, note } = entry;
  const ways = instead === undefined ? '' : ` (${instead}, not ${reason})`;
  const day = standing === 'expired' ? ` (${expires})` : '';
  return `${subjectOf(entry)} ${entryStandings[standing].says}${ways}${day}; noted: ${note}`;
}

/** By which entry a failure is excused, as it is said before the failure itself; empty where none does. */
export function excuseWords(result: Result, report: Pick<Report, 'baseline'>): string {
  const known = excuseOf(result, report);
  return known === undefined ? '' : `known until ${known.expires}, ${known.note}: `;
}
