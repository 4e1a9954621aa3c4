import { plural } from '../../model/plural.js';
import type { Report } from '../../model/report.js';
import type { RenderOptions } from '../renderer.js';
import { hanging } from '../terminal/wrap.js';
import { clipped, visibleCopy } from '../visible.js';
import type { Change, Diff } from './diff.js';
import { serverName } from './names.js';

type Options = Omit<RenderOptions, 'again'>;

/** What is new, what is gone, and what is other than it was. */
export function renderDiff(diff: Diff, reports: readonly [Report, Report], options: Options): string {
  const [before, after] = visibleCopy(reports);
  const shown = visibleCopy(diff);
  const blocks = [
    headLines(before, after, shown, options),
    section('New failures', shown.failing, options),
    section('Fails for another reason', shown.changed, options),
    section('New warnings', shown.warned, options),
    section('No longer judged', shown.unjudged, options),
    section('Fixed', shown.fixed, options),
    named('Only in the first', shown.onlyBefore, options),
    named('Only in the second', shown.onlyAfter, options),
    [summary(shown)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

function headLines(before: Report, after: Report, { remarks }: Diff, options: Options): readonly string[] {
  const row = (label: string, report: Report) =>
    hanging(
      `  ${options.colors.dim(label.padEnd(8))}`,
      `${serverName(report)}, ${report.target.url}, ${report.startedAt}: ${report.gate.sentence}`,
      options.columns,
    );
  return [
    ...row('first', before),
    ...row('second', after),
    ...remarks.flatMap((remark) =>
      hanging(`  ${options.colors.yellow('!')} `, `they differ in ${remark}`, options.columns),
    ),
  ];
}

function section(title: string, changes: readonly Change[], options: Options): readonly string[] {
  const { colors, columns } = options;
  const lines = changes.flatMap(({ id, title: what, before, after }) =>
    hanging('  ', `${colors.bold(id)}  ${what}`, columns).concat(
      hanging('    ', `${sideWords(before)} → ${sideWords(after)}`, columns),
    ),
  );
  return lines.length === 0 ? [] : [colors.bold(`${title} (${changes.length})`), ...lines];
}

function sideWords(side: Change['before']): string {
  if (side === undefined) return 'not examined';
  const { shown, reason, came } = side;
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${shown}${why}${came === undefined || shown === 'pass' ? '' : `: ${clipped(came, 160)}`}`;
}

/** Of checks that only one of the reports has, the failing ones are told above. */
function named(title: string, changes: readonly Change[], options: Options): readonly string[] {
  const ids = changes.map(({ id }) => id);
  const most = options.verbose ? ids.length : 6;
  const rest = ids.length > most ? ` … and ${ids.length - most} more` : '';
  return ids.length === 0
    ? []
    : hanging(
        `${options.colors.bold(`${title} (${ids.length})`)}  `,
        `${ids.slice(0, most).join(', ')}${rest}`,
        options.columns,
      );
}

function summary({ failing, fixed, changed, still, unjudged }: Diff): string {
  return [
    plural(failing.length, 'new failure'),
    `${fixed.length} fixed`,
    `${changed.length} for another reason`,
    `${unjudged.length} no longer judged`,
    `${still} still failing`,
  ].join(', ');
}
