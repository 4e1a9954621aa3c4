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

/** On how many checks each other profile says something else; which, with `--verbose`. */
export function profileLines(report: Report, options: RenderOptions): readonly string[] {
  if (options.verbose) return profileTable(report, options);
  const others = profileNames.filter((name) => name !== report.profile);
  const counts = others.map((name) => {
    const differ = report.results.filter(
      (result) => shownVerdictOf(result.profiles[name]) !== shownVerdictOf(result),
    );
    return [name, differ.length] as const;
  });
  if (counts.every(([, differ]) => differ === 0)) return [];
  const says = counts.map(([name, differ]) =>
    differ === 0 ? `${name} says the same` : `${name} differs in ${plural(differ, 'check')}`,
  );
  return hanging(
    '',
    options.colors.dim(`Other profiles: ${says.join(', ')} (--profile NAME)`),
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
