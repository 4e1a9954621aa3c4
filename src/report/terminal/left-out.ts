import { plural } from '../../model/plural.js';
import { notApplicableReasons, notRunReasons } from '../../model/reason.js';
import { remedies } from '../../model/remedies.js';
import type { Report, Result } from '../../model/report.js';
import { grouped } from '../../model/tables.js';
import type { RenderOptions } from '../renderer.js';
import { shownNames, sign } from './lines.js';
import { hanging } from './wrap.js';

/** The checks that say nothing about this target: what a user can do about it, and all of them with `--verbose`. */
export function leftOutLines(report: Report, options: RenderOptions): readonly string[] {
  if (options.verbose)
    return [
      ...section('Not applicable', 'not-applicable', report, options),
      ...section('Not run', 'not-run', report, options),
      ...untaggedLines(options),
    ];
  const left = report.results.filter(isLeftOut);
  if (left.length === 0) return untaggedLines(options);
  const can = left.filter((result) => remedyOf(result) !== undefined);
  const cannot = left.length - can.length;
  const counts = [
    ...(can.length > 0 ? [`${plural(can.length, 'check')} that you can enable`] : []),
    ...(cannot > 0 ? [`${cannot} that ${cannot === 1 ? 'does' : 'do'} not apply here`] : []),
  ];
  const groups = [...grouped(can, (result) => remedyOf(result)?.what ?? '')];
  const width = Math.max(0, ...groups.map(([what]) => what.length));
  const { bold, dim } = options.colors;
  return [
    ...hanging(
      '',
      `${bold('Not examined')}   ${counts.join(', ')} ${dim('(--verbose names them)')}`,
      options.columns,
    ),
    ...groups.flatMap(([what, members]) => {
      const label = `  ${what.padEnd(width)}  ${plural(members.length, 'check').padEnd(9)}  `;
      return hanging(label, remedyOf(members[0])?.how ?? '', options.columns);
    }),
    ...untaggedLines(options),
  ];
}

/** Who names a suite of their own means it to be examined, which a tag may undo without their knowing. */
function untaggedLines({ colors, columns, untagged = [] }: RenderOptions): readonly string[] {
  if (untagged.length === 0) return [];
  const shown = untagged.slice(0, untaggedMax).join(', ');
  const more = untagged.length > untaggedMax ? `, and ${untagged.length - untaggedMax} more` : '';
  const says = `${plural(untagged.length, 'check')} of your own suites, which --tag leaves out: ${shown}${more}. Give them one of these tags, or leave --tag out`;
  return hanging('', `${colors.bold('Left out')}   ${says}`, columns);
}

const untaggedMax = 3;

function isLeftOut({ verdict }: Result): boolean {
  return verdict === 'not-applicable' || verdict === 'not-run';
}

export interface Remedy {
  readonly what: string;
  readonly how: string;
}

export function remedyOf(result: Result | undefined): Remedy | undefined {
  if (result?.need !== undefined) return remedies[result.need];
  return result?.reason === undefined ? undefined : reasonRemedies[result.reason];
}

/** What the run itself left out. */
const reasonRemedies: Readonly<Record<string, Remedy>> = {
  paced: { what: 'overlap', how: 'leave --max-rps out' },
  'read-only': { what: 'tools, other sessions', how: 'leave --read-only out' },
  'too-long': { what: 'more time', how: 'a larger --max-minutes' },
  budget: { what: 'more requests', how: 'a larger --max-requests' },
};

/** Where the target could not be examined, the names of all checks would hide the sentence that says why. */
export function untriedLines({ results }: Report, { colors }: RenderOptions): readonly string[] {
  return results.length === 0
    ? []
    : [`${sign('not-run', colors)} ${plural(results.length, 'check')} not run`];
}

/** Passes of checks that no mutant has shown able to fail. */
export function unprovenLines({ results }: Report, options: RenderOptions): readonly string[] {
  const ids = results.filter(({ proven, verdict }) => !proven && verdict === 'pass').map(({ id }) => id);
  if (ids.length === 0) return [];
  const { colors, columns, verbose } = options;
  const says = `${plural(ids.length, 'check')} passed that no mutant has shown able to fail`;
  return [
    ...hanging('', `${colors.bold('Unproven')}   ${says}`, columns),
    ...(verbose ? shownNames('checks', ids, options) : []),
  ];
}

function section(
  title: string,
  verdict: 'not-applicable' | 'not-run',
  report: Report,
  options: RenderOptions,
): readonly string[] {
  const results = report.results.filter((result) => result.verdict === verdict);
  if (results.length === 0) return [];
  const { colors, columns } = options;
  return [
    colors.bold(title),
    ...[...grouped(results, leftOutBecause)].flatMap(([reason, members]) =>
      hanging(`${sign(verdict, colors)} `, `${plural(members.length, 'check')}: ${reason}`, columns).concat(
        hanging('    ', colors.dim(members.map(({ id }) => id).join(', ')), columns),
      ),
    ),
  ];
}

const leftOutSentences: Readonly<Record<string, string>> = { ...notApplicableReasons, ...notRunReasons };

// The message says which need is not met; where there is none, the sentence of the reason has to do.
export function leftOutBecause(result: Result): string {
  return result.message || (leftOutSentences[result.reason ?? ''] ?? result.reason ?? 'no reason given');
}
