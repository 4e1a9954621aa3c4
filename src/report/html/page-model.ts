import { labelOf, levels, sources, type Weight } from '../../model/level.js';
import type { Report } from '../../model/report.js';
import type { Again } from '../renderer.js';
import type { Case } from './cases.js';

/** What all parts of the page draw from. Every text of the report in it is made visible. */
export interface Page {
  readonly report: Report;
  readonly again: Again;
  readonly cases: readonly Case[];
  /** Path and query of the target, as a request line has it. */
  readonly path: string;
  /** The place of a check on the page: of its failure, where it was examined at several revisions. */
  readonly anchorOf: (id: string) => string | undefined;
}

/** What checks weigh, in words, the heaviest first. */
export function labelsIn(results: readonly Weight[]): readonly string[] {
  const heaviestFirst = results.toSorted(
    (a, b) =>
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      sources.indexOf(a.source) - sources.indexOf(b.source),
  );
  return [...new Set(heaviestFirst.map(labelOf))];
}

/** Where the result with this number in the report stands on the page. */
export function anchorAt(index: number): string {
  return `check-${index + 1}`;
}

export function anchorsIn({ results }: Report): Page['anchorOf'] {
  const anchors = new Map<string, string>();
  for (const [i, { id }] of results.entries()) if (!anchors.has(id)) anchors.set(id, anchorAt(i));
  for (const [i, { id, verdict }] of results.entries()) if (verdict === 'fail') anchors.set(id, anchorAt(i));
  return (id) => anchors.get(id);
}

/** As it is written: what is masked in it is no part of an address that could be taken apart. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}
