import { profileNames, type ProfileName } from '../../model/profile.js';
import {
  shownVerdictOf,
  shownVerdicts,
  type ShownVerdict,
  type Report,
  type Result,
} from '../../model/report.js';
import { plural } from '../../model/plural.js';
import type { RenderOptions } from '../renderer.js';
import { resultName } from '../evidence.js';
import { marks, sign } from './lines.js';
import { hanging } from './wrap.js';

/** How many checks fail under each other profile; which, with `--verbose`. */
export function profileLines(report: Report, options: RenderOptions): readonly string[] {
  if (options.verbose) return profileTable(report, options);
  const verdictsBy = (name: ProfileName) =>
    report.results.map(({ profiles }) => shownVerdictOf(profiles[name]));
  const own = report.results.map(shownVerdictOf);
  const others = profileNames.filter((name) => name !== report.profile);
  const says = others.map((name) => {
    const verdicts = verdictsBy(name);
    if (verdicts.every((verdict, i) => verdict === own[i])) return `the same under ${name}`;
    return `${plural(verdicts.filter((verdict) => verdict === 'fail').length, 'failure')} under ${name}`;
  });
  if (says.every((one) => one.startsWith('the same'))) return [];
  return hanging(
    '',
    options.colors.dim(`Other profiles: ${says.join(', ')} (--profile NAME, --verbose)`),
    options.columns,
  );
}

/** The four profiles side by side, for the checks on which they differ. */
function profileTable(report: Report, options: RenderOptions): readonly string[] {
  const rows = report.results
    .map((result) => ({ name: resultName(result, report), marks: profileMarks(result) }))
    .filter((row) => new Set(row.marks).size > 1);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ name }) => name.length));
  return [
    `${options.colors.bold('Profiles')}, where they differ   ${legend(
      rows.flatMap((row) => row.marks),
      options,
    )}`,
    `  ${' '.repeat(width)}  ${profileNames.map((name) => header(name, report.profile, options)).join('  ')}`,
    ...rows.map(
      (row) =>
        `  ${row.name.padEnd(width)}  ${row.marks.map((mark, i) => profileCell(mark, i, options)).join('  ')}`,
    ),
  ];
}

function profileMarks({ profiles }: Result): readonly ShownVerdict[] {
  return profileNames.map((name) => shownVerdictOf(profiles[name]));
}

function header(name: ProfileName, selected: ProfileName, { colors }: RenderOptions): string {
  return name === selected ? colors.bold(name) : colors.dim(name);
}

// Centred below the name; padded by hand because colour codes have a length too.
function profileCell(mark: ShownVerdict, column: number, { colors }: RenderOptions): string {
  const width = profileNames[column]?.length ?? 1;
  const before = Math.floor((width - 1) / 2);
  return ' '.repeat(before) + sign(mark, colors) + ' '.repeat(width - 1 - before);
}

function legend(seen: readonly ShownVerdict[], { colors }: RenderOptions): string {
  const used = shownVerdicts.filter((mark) => seen.includes(mark));
  return used.map((mark) => `${sign(mark, colors)} ${colors.dim(marks[mark].word)}`).join('  ');
}
