import { entryStandings, subjectOf, type JudgedEntry } from '../../model/baseline.js';
import { plural } from '../../model/plural.js';
import type { Report } from '../../model/report.js';
import { brokenOf, brokenWords } from '../baseline.js';
import type { RenderOptions } from '../renderer.js';
import { shownLines, sign } from './lines.js';
import { hanging } from './wrap.js';

/** The entries of the baseline that do not hold, for which the gate is not met. */
export function brokenLines(report: Report, options: RenderOptions): readonly string[] {
  const broken = brokenOf(report);
  if (broken.length === 0) return [];
  const { colors, columns } = options;
  const title = `${colors.bold('The baseline does not hold')}   ${colors.dim(entries(broken.length))}`;
  return [
    ...hanging(`${sign('fail', colors)} `, title, columns),
    ...broken.flatMap((entry) => shownLines([entry.standing, brokenWords(entry)], options)),
  ];
}

/** The failures that are let pass, each with its note; with `--verbose` also the entries that this run says nothing about. */
export function knownLines({ baseline = [] }: Report, options: RenderOptions): readonly string[] {
  const { colors, columns, verbose } = options;
  const known = baseline.filter(({ standing }) => standing === 'expected');
  const unseen = verbose ? baseline.filter(({ standing }) => standing === 'unexamined') : [];
  const lines = [
    ...known.map((entry) => [`${sign('warning', colors)} `, knownWords(entry)] as const),
    ...unseen.map((entry) => [`${sign('not-run', colors)} `, unseenWords(entry)] as const),
  ];
  if (lines.length === 0) return [];
  return [
    `${colors.bold('Known failures')}   ${colors.dim('excused by the baseline')}`,
    ...lines.flatMap(([label, text]) => hanging(label, text, columns)),
  ];
}

function knownWords(entry: JudgedEntry): string {
  const { reason, harm, covers, note, expires } = entry;
  const shows = harm ? ', harm' : '';
  return `${subjectOf(entry)}   ${reason}${shows}, ${plural(covers.length, 'check')}, until ${expires}: ${note}`;
}

function unseenWords(entry: JudgedEntry): string {
  return `${subjectOf(entry)}   ${entryStandings.unexamined.says}`;
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
