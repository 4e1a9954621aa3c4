import {
  shownVerdictOf,
  shownVerdicts,
  type ShownVerdict,
  type Report,
  type Result,
} from '../../model/report.js';
import { tabulate, grouped } from '../../model/tables.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { marks } from './lines.js';

/** How many checks of each suite had which verdict; of a run without a fault the line of the verdict says enough. */
export function suiteLines(report: Report, { colors, verbose }: RenderOptions): readonly string[] {
  if (report.results.length === 0 || isBrief(report, verbose)) return [];
  const several = report.revisions.length > 1;
  const groups = grouped(report.results, ({ suite, revision }) =>
    several ? `${suite} @ ${revision}` : suite,
  );
  const rows = [...groups].map(([name, results]) => ({ name, counts: countsByVerdict(results) }));
  const total = { name: 'all', counts: countsByVerdict(report.results) };
  // A column of zeros says nothing.
  const used = shownVerdicts.filter((mark) => mark === 'pass' || total.counts[mark] > 0);
  const width = Math.max(...rows.map(({ name }) => name.length), total.name.length);
  return [
    `  ${' '.repeat(width)}  ${used.map((mark) => colors.dim(marks[mark].word)).join('  ')}`,
    ...[...rows, ...(rows.length > 1 ? [total] : [])].map(
      ({ name, counts }) =>
        `  ${name.padEnd(width)}  ${used.map((mark) => countCell(mark, counts[mark], colors)).join('  ')}`,
    ),
  ];
}

function isBrief({ gate }: Report, verbose: boolean): boolean {
  return gate.exit === 0 && !verbose;
}

function countsByVerdict(results: readonly Result[]): Readonly<Record<ShownVerdict, number>> {
  return tabulate(
    shownVerdicts,
    (outcome) => results.filter((result) => shownVerdictOf(result) === outcome).length,
  );
}

function countCell(mark: ShownVerdict, count: number, colors: Colors): string {
  const text = String(count).padStart(marks[mark].word.length);
  return count === 0 ? colors.dim(text) : colors[marks[mark].color](text);
}
