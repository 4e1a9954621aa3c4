import { failReasons, inconclusiveReasons } from '../../model/reason.js';
import { labelOf } from '../../model/level.js';
import type { ShownVerdict, Report, Result } from '../../model/report.js';
import { againCommand } from '../again.js';
import { shownEvidence } from '../evidence.js';
import type { Shown } from '../evidence.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { sign } from './marks.js';
import { nameOf } from './name.js';

/** Results in full below a title: what a reader must act on. */
export function findings(
  title: string,
  results: readonly Result[],
  mark: ShownVerdict,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  return titled(
    title,
    results.map((result) => finding(result, mark, report, options)),
    options,
  );
}

/** Blocks of lines below a title; without a block there is no title. */
export function titled(
  title: string,
  blocks: readonly (readonly string[])[],
  { colors }: RenderOptions,
): readonly string[] {
  if (blocks.length === 0) return [];
  return [colors.bold(title), ...blocks.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines)))];
}

export function finding(
  result: Result,
  mark: ShownVerdict,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  const { colors } = options;
  const shown: readonly Shown[] = [
    ['requirement', result.requirement.says],
    ...(result.link === undefined ? [] : [['', colors.dim(result.link)] as const]),
    [mark === 'inconclusive' ? 'because' : 'found', because(result, colors)],
    ...shownEvidence(result),
    ['again', colors.cyan(againCommand(result, report.profile, options.again))],
  ];
  const unproven = result.proven || mark === 'inconclusive' ? '' : colors.dim('   unproven');
  return [
    `${sign(mark, colors)} ${colors.bold(nameOf(result, report))}   ${labelOf(result)}   ${result.title}${unproven}`,
    ...shown.map((line) => shownLine(line, colors)),
  ];
}

export function shownLine([label, text]: Shown, colors: Colors): string {
  return `  ${colors.dim(label.padEnd(12))}${text}`;
}

/** The sentence and the code of the reason. */
export function because(result: Result, colors: Colors): string {
  return `${why(result)}${colors.dim(` (${result.reason ?? ''})`)}`;
}

const sentences: Readonly<Record<string, string>> = { ...failReasons, ...inconclusiveReasons };

// A message says what came as well, which the evidence below it shows.
function why({ message, reason = '', evidence }: Result): string {
  const sentence = sentences[reason];
  return sentence !== undefined && evidence.length > 0 && message.startsWith(sentence) ? sentence : message;
}
