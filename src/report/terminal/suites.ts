import type { Report, Result } from '../../model/report.js';
import { grouped } from '../grouped.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { columns, markOf, marks } from './marks.js';
import type { Mark } from './marks.js';

/** How many checks of each suite had which verdict. */
export function suiteLines(report: Report, options: RenderOptions): readonly string[] {
  if (report.results.length === 0) return [];
  const several = report.revisions.length > 1;
  const groups = grouped(report.results, ({ suite, revision }) =>
    several ? `${suite} @ ${revision}` : suite,
  );
  const rows = [...groups].map(([name, results]) => ({ name, counts: counted(results, options) }));
  const total = { name: 'all', counts: counted(report.results, options) };
  // A column of zeros says nothing.
  const used = columns.filter((mark) => mark === 'pass' || total.counts[mark] > 0);
  const width = Math.max(...rows.map(({ name }) => name.length), total.name.length);
  const { colors } = options;
  return [
    `  ${' '.repeat(width)}  ${used.map((mark) => colors.dim(marks[mark].word)).join('  ')}`,
    ...[...rows, ...(rows.length > 1 ? [total] : [])].map(
      ({ name, counts }) =>
        `  ${name.padEnd(width)}  ${used.map((mark) => cell(mark, counts[mark], colors)).join('  ')}`,
    ),
  ];
}

type Counts = Record<Mark, number>;

function counted(results: readonly Result[], { policy }: RenderOptions): Readonly<Counts> {
  const counts: Counts = { pass: 0, fail: 0, warning: 0, inconclusive: 0, 'not-applicable': 0, 'not-run': 0 };
  for (const { verdict, level } of results) counts[markOf(verdict, level, policy)] += 1;
  return counts;
}

function cell(mark: Mark, count: number, colors: Colors): string {
  const text = String(count).padStart(marks[mark].word.length);
  return count === 0 ? colors.dim(text) : colors[marks[mark].color](text);
}
