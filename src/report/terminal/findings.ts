import { failReasons, inconclusiveReasons } from '../../model/reason.js';
import type { Report, Result } from '../../model/report.js';
import { againCommand } from '../again.js';
import { shownEvidence } from '../evidence.js';
import type { Shown } from '../evidence.js';
import type { RenderOptions } from '../renderer.js';
import { sign } from './marks.js';
import type { Mark } from './marks.js';
import { nameOf } from './name.js';

/** Results in full below a title: what a reader must act on. */
export function findings(
  title: string,
  results: readonly Result[],
  mark: Mark,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  if (results.length === 0) return [];
  const blocks = results.map((result) => finding(result, mark, report, options));
  return [
    options.colors.bold(title),
    ...blocks.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines))),
  ];
}

function finding(result: Result, mark: Mark, report: Report, options: RenderOptions): readonly string[] {
  const { colors } = options;
  const shown: readonly Shown[] = [
    ['requirement', result.requirement.says],
    ['', colors.dim(result.link)],
    [
      mark === 'inconclusive' ? 'because' : 'found',
      `${why(result)}${colors.dim(` (${result.reason ?? ''})`)}`,
    ],
    ...shownEvidence(result),
    ['again', colors.cyan(againCommand(result, report.profile, options.again))],
  ];
  const unproven = result.proven || mark === 'inconclusive' ? '' : colors.dim('   unproven');
  return [
    `${sign(mark, colors)} ${colors.bold(nameOf(result, report))}   ${result.level}   ${result.title}${unproven}`,
    ...shown.map(([label, text]) => `  ${colors.dim(label.padEnd(12))}${text}`),
  ];
}

const sentences: Readonly<Record<string, string>> = { ...failReasons, ...inconclusiveReasons };

// A message says what came as well, which the evidence below it shows.
function why({ message, reason = '', evidence }: Result): string {
  const sentence = sentences[reason];
  return sentence !== undefined && evidence.length > 0 && message.startsWith(sentence) ? sentence : message;
}
