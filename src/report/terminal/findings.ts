import { failReasons, inconclusiveReasons } from '../../model/reason.js';
import { labelOf } from '../../model/level.js';
import { shownVerdictOf, type Report, type Result, type ShownVerdict } from '../../model/report.js';
import { againCommand, shownEvidence, type Shown } from '../evidence.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { resultName, shownLine, titled, sign } from './lines.js';

/** The failures that make the target not conformant. */
export function failureLines(report: Report, options: RenderOptions): readonly string[] {
  return findings('Failures', 'fail', report, options);
}

/** The failures that the policy lets pass. */
export function warningLines(report: Report, options: RenderOptions): readonly string[] {
  return findings(`Warnings (--fail-on ${report.policy.failOn} lets them pass)`, 'warning', report, options);
}

function findings(
  title: string,
  mark: ShownVerdict,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  const results = report.results.filter((result) => shownVerdictOf(result) === mark);
  const advised = new Set<string>();
  const blocks = results.map((result) => {
    const { fix } = result.requirement;
    const lines = finding(result, mark, report, options);
    // What to change is said once, with the first failure that asks for it.
    if (fix === undefined || advised.has(fix)) return lines;
    advised.add(fix);
    return lines.concat(shownLine(['fix', fix], options.colors));
  });
  return titled(title, blocks, options);
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
    ...(saysNoMore(result)
      ? []
      : [[mark === 'inconclusive' ? 'because' : 'found', because(result, colors)] as const]),
    ...shownEvidence(result),
    ['again', colors.cyan(againCommand(result, report.profile, options.again))],
  ];
  const unproven = result.proven || mark === 'inconclusive' ? '' : colors.dim('   unproven');
  return [
    `${sign(mark, colors)} ${colors.bold(resultName(result, report))}   ${labelOf(result)}   ${result.title}${unproven}`,
    ...shown.map((line) => shownLine(line, colors)),
  ];
}

/** That a status is wrong shows below, where the acceptable ones and the one that came stand. */
function saysNoMore({ reason, evidence }: Result): boolean {
  return reason === 'wrong-status' && evidence.length > 0;
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
