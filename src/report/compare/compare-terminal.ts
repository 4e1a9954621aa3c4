import { tabulate } from '../../model/tables.js';
import { shownVerdicts } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { marks } from '../terminal/lines.js';
import { hanging } from '../terminal/wrap.js';
import { clipped, visibleCopy } from '../visible.js';
import { differing, type Cell, type Comparison, type Row } from './compare.js';

type Options = Omit<RenderOptions, 'again'>;

/** Servers side by side: a column each, a row for each finding and for each check that differs. */
export function renderComparison(comparison: Comparison, options: Options): string {
  const { columns, remarks, findings, checks } = visibleCopy(comparison);
  const { colors } = options;
  const width = widthOf(columns.map((_, i) => letter(i)));
  const heading = (title: string) =>
    `${colors.bold(title)}${' '.repeat(Math.max(1, labelWidth(options, width) - title.length))}${columns.map((_, i) => letter(i).padStart(2).padEnd(4)).join('')}`;
  const rows = (title: string, all: readonly Row[]) =>
    all.length === 0 ? [] : [heading(title), ...all.flatMap((row) => rowLines(row, options, width))];
  const shown = options.verbose ? checks : differing(checks);
  const blocks = [
    columns.flatMap((column, i) =>
      hanging(
        `${colors.bold(letter(i))}  `,
        `${column.name}, ${column.url}: ${column.gate.sentence}`,
        options.columns,
      ),
    ),
    remarks.flatMap((remark) =>
      hanging(`${colors.yellow('!')}  `, `they differ in ${remark}`, options.columns),
    ),
    rows('Findings', findings),
    rows(options.verbose ? 'Checks' : 'Checks that differ', shown),
    [
      ...hanging('', legend(options), options.columns),
      ...(options.verbose || shown.length === checks.length
        ? []
        : [`${checks.length - shown.length} checks are alike on all (--verbose shows them)`]),
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

/** Names of servers are long; a letter stands for each. */
function letter(index: number): string {
  return index < 26
    ? String.fromCodePoint(65 + index)
    : `${letter(Math.floor(index / 26) - 1)}${letter(index % 26)}`;
}

function widthOf(letters: readonly string[]): number {
  return 4 * letters.length;
}

function labelWidth({ columns }: Options, cells: number): number {
  return Math.max(24, Math.min(columns - cells, 90));
}

function rowLines({ id, title, cells }: Row, options: Options, width: number): readonly string[] {
  const label = labelWidth(options, width);
  const words = clipped(`${id}  ${title}`, 400);
  const lines = hanging('  ', words, label - 1);
  const signs = cells.map((cell) => ` ${signOf(cell, options)}  `).join('');
  const [first = '', ...rest] = lines;
  return [`${first.padEnd(label)}${signs}`, ...rest];
}

function signOf(cell: Cell, { colors }: Options): string {
  return cell === 'absent' ? ' ' : colors[marks[cell].color](marks[cell].sign);
}

function legend({ colors }: Options): string {
  const signs = tabulate(shownVerdicts, (shown) => marks[shown]);
  return shownVerdicts
    .map((shown) => `${colors[signs[shown].color](signs[shown].sign)} ${signs[shown].word}`)
    .join('   ');
}
