import { notApplicableReasons, notRunReasons } from '../../model/reason.js';
import type { Report, Result } from '../../model/report.js';
import { grouped } from '../grouped.js';
import type { RenderOptions } from '../renderer.js';
import { listed } from './listed.js';
import { sign } from './marks.js';

const sentences: Readonly<Record<string, string>> = { ...notApplicableReasons, ...notRunReasons };

/** The checks that say nothing about this target, together by reason. */
export function leftOutLines(report: Report, options: RenderOptions): readonly string[] {
  return [
    ...section('Not applicable', 'not-applicable', report, options),
    ...section('Not run', 'not-run', report, options),
  ];
}

/** Where nothing is known of the target, the names of all checks would hide the sentence that says why. */
export function untriedLines({ results }: Report, { colors }: RenderOptions): readonly string[] {
  return results.length === 0 ? [] : [`${sign('not-run', colors)} ${counted(results)} not run`];
}

function section(
  title: string,
  verdict: 'not-applicable' | 'not-run',
  report: Report,
  { colors }: RenderOptions,
): readonly string[] {
  const results = report.results.filter((result) => result.verdict === verdict);
  if (results.length === 0) return [];
  const groups = grouped(results, because);
  return [
    colors.bold(title),
    ...[...groups].flatMap(([reason, members]) => {
      const ids = listed(members.map(({ id }) => id)).map((line) => colors.dim(line));
      return [`${sign(verdict, colors)} ${counted(members)}: ${reason}`].concat(ids);
    }),
  ];
}

function counted({ length }: readonly Result[]): string {
  return `${length} ${length === 1 ? 'check' : 'checks'}`;
}

// The message says which fact is missing; the sentence of the reason stands in where a message says no more.
function because(result: Result): string {
  return result.message || (sentences[result.reason ?? ''] ?? result.reason ?? 'no reason given');
}
