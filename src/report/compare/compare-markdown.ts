import { shownVerdicts } from '../../model/report.js';
import { marks } from '../terminal/lines.js';
import { visibleCopy } from '../visible.js';
import { differing, type Cell, type Column, type Comparison, type Row } from './compare.js';

/** The same as tables of Markdown. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { columns, remarks, findings, checks } = visibleCopy(comparison);
  const names = columns.map(({ name }) => text(name));
  const differs = differing(checks);
  return [
    '# Servers compared',
    '',
    ...table(
      ['server', 'address', 'examined', ...shownVerdicts.map((shown) => marks[shown].word), 'verdict'],
      columns.map((column, i) => columnCells(column, names[i] ?? '')),
    ),
    '',
    ...(remarks.length === 0 ? [] : [...remarks.map((remark) => `- They differ in ${text(remark)}.`), '']),
    ...section('Findings', findings, names),
    ...section('Checks that differ', differs, names),
    ...section('All checks', checks, names),
    shownVerdicts.map((shown) => `${marks[shown].sign} ${marks[shown].word}`).join(' · '),
    '',
  ].join('\n');
}

function section(title: string, rows: readonly Row[], names: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  const head = [title === 'Findings' ? 'finding' : 'check', ...names];
  return [
    `## ${title}`,
    '',
    ...table(
      head,
      rows.map(({ id, title: says, cells }) => [`${text(id)}: ${text(says)}`, ...cells.map(signOf)]),
    ),
    '',
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function columnCells({ url, startedAt, summary, gate }: Column, name: string): readonly string[] {
  const counts = shownVerdicts.map((shown) => String(summary[shown]));
  return [name, text(url), text(startedAt)].concat(counts, text(gate.sentence));
}

function signOf(cell: Cell): string {
  return cell === 'absent' ? ' ' : marks[cell].sign;
}

/** Text that neither ends a cell nor becomes markup, a link or a mention. */
function text(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~>$@-]/g, (char) => (char === '-' ? char : `\\${char}`));
}
