import type { Report, Result } from '../../model/report.js';
import { againWords, resultName } from '../evidence.js';
import { grouped } from '../../model/tables.js';
import type { RenderOptions } from '../renderer.js';
import { because, doubtLines } from './findings.js';
import { shownCommand, shownLines, shownNames, sign, titled } from './lines.js';

// Fewer are shown in full, with what was sent and what came.
const manyMin = 4;
const namesShownMax = 10;

/** The inconclusive checks with the reason; those that leave the run undecided come last. */
export function unsureLines(report: Report, options: RenderOptions): readonly string[] {
  const { policy } = report;
  // Those that a finding stands for are told with it.
  const told = new Set(report.findings.flatMap(({ undecided = [] }) => undecided));
  const unsure = report.results.filter(({ id, verdict }) => verdict === 'inconclusive' && !told.has(id));
  const counting = unsure.filter(({ counts }) => counts);
  const others = unsure.filter(({ counts }) => !counts);
  const flag = policy.inconclusive === 'warn' ? '--inconclusive warn' : `--fail-on ${policy.failOn}`;
  const section = (title: string, results: readonly Result[]) =>
    titled(title, blocksOf(results, report, options), options);
  const sections = [
    section(`Inconclusive, but not counted in the exit code (${flag})`, others),
    section('Inconclusive: the exit code is 2, unless a failure makes it 1', counting),
  ].filter((lines) => lines.length > 0);
  return sections.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines)));
}

/** One block for each check, or for many that say the same. */
function blocksOf(
  results: readonly Result[],
  report: Report,
  options: RenderOptions,
): readonly (readonly string[])[] {
  const groups = grouped(results, ({ reason, message }) => `${reason} ${message}`);
  return [...groups.values()].flatMap((members) =>
    members.length < manyMin
      ? members.map((result) => doubtLines(result, report, options))
      : [together(members, report, options)],
  );
}

function together(members: readonly Result[], report: Report, options: RenderOptions): readonly string[] {
  const { colors, verbose } = options;
  const [first] = members;
  if (first === undefined) return [];
  const names = members.map((result) => resultName(result, report));
  const few = verbose ? names : names.slice(0, namesShownMax);
  const left = names.length - few.length;
  return [
    `${sign('inconclusive', colors)} ${colors.bold(`${names.length} checks`)}`,
    ...shownLines(['because', because(first, colors)], options),
    ...shownNames('checks', left > 0 ? [...few, `… and ${left} more`] : few, options),
    ...shownCommand('the first', againWords(first, report, options.again), options),
  ];
}
