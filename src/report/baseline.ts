import { entryStandings, subjectOf, type JudgedEntry } from '../model/baseline.js';

/** What is wrong with an entry, in one sentence without a full stop. */
export function brokenWords(entry: JudgedEntry): string {
  const { reason, instead, standing, expires, note } = entry;
  const ways = instead === undefined ? '' : ` (${instead}, not ${reason})`;
  const day = standing === 'expired' ? ` (${expires})` : '';
  return `${subjectOf(entry)} ${entryStandings[standing].says}${ways}${day}; noted: ${note}`;
}
