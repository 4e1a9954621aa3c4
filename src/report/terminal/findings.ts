import { failReasons, inconclusiveReasons } from '../../model/reason.js';
import { few } from '../../model/incident.js';
import { labelOf } from '../../model/level.js';
import { plural } from '../../model/plural.js';
import type { Finding } from '../../model/finding.js';
import type { Report, Result, ShownVerdict } from '../../model/report.js';
import { againCommand, shownEvidence, type Shown } from '../evidence.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { resultName, shownLine, titled, sign, wrappedNames } from './lines.js';

/** The findings that make the target not conformant. */
export function failureLines(report: Report, options: RenderOptions): readonly string[] {
  return findings('Failures', 'fail', report, options);
}

/** The findings that the policy lets pass. */
export function warningLines(report: Report, options: RenderOptions): readonly string[] {
  return findings(`Warnings (--fail-on ${report.policy.failOn} lets them pass)`, 'warning', report, options);
}

function findings(
  title: string,
  mark: 'fail' | 'warning',
  report: Report,
  options: RenderOptions,
): readonly string[] {
  const advised = new Set<string>();
  const blocks = report.findings
    .filter(({ counts }) => counts === (mark === 'fail'))
    .map((one) => {
      const leader = leaderOf(one, report);
      const lines = leader === undefined ? [] : finding(leader, mark, report, options);
      const { fix } = one.requirement;
      const all = lines.concat(companyLines(one, leader, report, options));
      // What to change is said once, with the first finding that asks for it.
      if (fix === undefined || advised.has(fix)) return all;
      advised.add(fix);
      return all.concat(shownLine(['fix', fix], options.colors));
    });
  return titled(title, blocks, options);
}

/** The check that shows the cause best. */
function leaderOf({ id, reason }: Finding, { results }: Report): Result | undefined {
  const failed = results.filter((result) => result.id === id && result.reason === reason);
  return failed.find(({ counts }) => counts) ?? failed[0];
}

const undecidedShownMax = 6;

/** The checks that show the same, those that fail because of it, and those that it kept from being decided. */
function companyLines(
  { checks, folded, undecided = [] }: Finding,
  leader: Result | undefined,
  report: Report,
  { colors }: RenderOptions,
): readonly string[] {
  const failed = report.results.filter((result) => result.verdict === 'fail' && result !== leader);
  const listed = (label: string, ids: readonly string[]) =>
    wrappedNames(failed.filter(({ id }) => ids.includes(id)).map((result) => resultName(result, report))).map(
      (line, i) => shownLine([i === 0 ? label : '', line.trim()], colors),
    );
  return [
    ...listed('also', checks),
    ...listed('explains', folded),
    ...(undecided.length === 0
      ? []
      : [
          shownLine(
            [
              'undecided',
              `${plural(undecided.length, 'check')} because of it: ${few(undecided, undecidedShownMax)}`,
            ],
            colors,
          ),
        ]),
  ];
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
