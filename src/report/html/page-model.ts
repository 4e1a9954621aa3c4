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

export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
