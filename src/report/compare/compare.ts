import type { Finding } from '../../model/finding.js';
import { shownVerdictOf, type Report, type ShownVerdict } from '../../model/report.js';
import { columnNames } from './names.js';
import { differentTerms } from './terms.js';

/** What one server has at one row. */
export type Cell = ShownVerdict | 'absent';

/** A cause, or a check, with what each server has of it. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly suite: string;
  readonly cells: readonly Cell[];
}

export interface Column {
  readonly name: string;
  readonly url: string;
  readonly startedAt: string;
  readonly gate: Report['gate'];
  readonly summary: Report['summary'];
}

/** Several servers side by side. Every row has one cell for each column. */
export interface Comparison {
  readonly columns: readonly Column[];
  /** In what the reports were made differently. */
  readonly remarks: readonly string[];
  readonly findings: readonly Row[];
  readonly checks: readonly Row[];
}

export function comparisonOf(reports: readonly Report[]): Comparison {
  const names = columnNames(reports);
  return {
    columns: reports.map(({ target, startedAt, gate, summary }, i) => ({
      name: names[i] ?? target.url,
      url: target.url,
      startedAt,
      gate,
      summary,
    })),
    remarks: differentTerms(reports),
    findings: findingRows(reports),
    checks: checkRows(reports),
  };
}

/** Rows that do not say the same of all servers. */
export function differing(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ cells }) => new Set(cells).size > 1);
}

/** The same demand, missed for the same reason, is one row; what most servers miss comes first. */
function findingRows(reports: readonly Report[]): readonly Row[] {
  const groups = new Map<string, { readonly finding: Finding; readonly checks: Set<string> }>();
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    const group = groups.get(keyOf(finding)) ?? { finding, checks: new Set<string>() };
    for (const id of finding.checks) group.checks.add(id);
    groups.set(keyOf(finding), group);
  }
  const rows = [...groups].map(([key, { finding, checks }]) => ({
    id: finding.id,
    title: finding.requirement.says,
    suite: suiteOf(finding.id),
    cells: reports.map((report) => findingCell(key, checks, report)),
  }));
  const failing = ({ cells }: Row) => cells.filter((cell) => cell === 'fail').length;
  return rows.toSorted((a, b) => failing(b) - failing(a));
}

function keyOf({ requirement, reason }: Finding): string {
  return JSON.stringify([requirement.keys.length > 0 ? requirement.keys : requirement.says, reason]);
}

/** Where a server has no such finding, the checks that showed it elsewhere say whether it was examined. */
function findingCell(key: string, checks: ReadonlySet<string>, report: Report): Cell {
  const found = report.findings.filter((finding) => keyOf(finding) === key);
  if (found.length > 0) return found.some(({ counts }) => counts) ? 'fail' : 'warning';
  const others = [...checks]
    .map((id) => cellOf(id, report))
    .filter((cell) => cell !== 'fail' && cell !== 'warning');
  // They failed for another cause, which has a row of its own.
  return others.length === 0 ? 'inconclusive' : worstOf(others);
}

function checkRows(reports: readonly Report[]): readonly Row[] {
  const titles = new Map(
    reports.flatMap(({ results }) => results.map(({ id, title }) => [id, title] as const)),
  );
  return [...titles].map(([id, title]) => ({
    id,
    title,
    suite: suiteOf(id),
    cells: reports.map((report) => cellOf(id, report)),
  }));
}

function cellOf(id: string, { results }: Report): Cell {
  return worstOf(results.filter((result) => result.id === id).map(shownVerdictOf));
}

/** At several revisions a check is what it is at the worst. */
function worstOf(cells: readonly Cell[]): Cell {
  return worstFirst.find((cell) => cells.includes(cell)) ?? 'absent';
}

const worstFirst: readonly Cell[] = ['fail', 'warning', 'inconclusive', 'not-run', 'pass', 'not-applicable'];

function suiteOf(id: string): string {
  return id.split('.')[0] ?? id;
}
