import { notApplicableReasons, notRunReasons } from '../../model/reason.js';
import { plural } from '../../model/plural.js';
import type { Report, Result } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import type { RenderOptions } from '../renderer.js';
import { wrappedNames, sign } from './lines.js';

const leftOutSentences: Readonly<Record<string, string>> = { ...notApplicableReasons, ...notRunReasons };

/** The checks that say nothing about this target, by reason. */
export function leftOutLines(report: Report, options: RenderOptions): readonly string[] {
  return [
    ...section('Not applicable', 'not-applicable', report, options),
    ...section('Not run', 'not-run', report, options),
  ];
}

/** Where the target could not be examined, the names of all checks would hide the sentence that says why. */
export function untriedLines({ results }: Report, { colors }: RenderOptions): readonly string[] {
  return results.length === 0
    ? []
    : [`${sign('not-run', colors)} ${plural(results.length, 'check')} not run`];
}

/** Passes of checks that no mutant has shown able to fail. */
export function unprovenLines({ results }: Report, { colors }: RenderOptions): readonly string[] {
  const ids = results.filter(({ proven, verdict }) => !proven && verdict === 'pass').map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    `${colors.bold('Unproven')}: passed, but no mutant has shown that the check can fail`,
    ...wrappedNames(ids).map((line) => colors.dim(line)),
  ];
}

function section(
  title: string,
  verdict: 'not-applicable' | 'not-run',
  report: Report,
  { colors }: RenderOptions,
): readonly string[] {
  const results = report.results.filter((result) => result.verdict === verdict);
  if (results.length === 0) return [];
  const groups = grouped(results, leftOutBecause);
  return [
    colors.bold(title),
    ...[...groups].flatMap(([reason, members]) => {
      const ids = wrappedNames(members.map(({ id }) => id)).map((line) => colors.dim(line));
      return [`${sign(verdict, colors)} ${plural(members.length, 'check')}: ${reason}`].concat(ids);
    }),
  ];
}

// The message says which need is not met; where there is none, the sentence of the reason has to do.
function leftOutBecause(result: Result): string {
  return result.message || (leftOutSentences[result.reason ?? ''] ?? result.reason ?? 'no reason given');
}
