import { entryText } from '../../model/baseline.js';
import { few } from '../../model/incident.js';
import { labelOf } from '../../model/level.js';
import type { Finding } from '../../model/finding.js';
import { plural } from '../../model/plural.js';
import { failReasons, inconclusiveReasons } from '../../model/reason.js';
import type { Report, Result, ShownVerdict } from '../../model/report.js';
import { againWords, observationsMax, resultName, shownEvidence, type Shown } from '../evidence.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { leaderOf, namesOf } from '../story.js';
import { clipped } from '../visible.js';
import { apart, shownCommand, shownLines, shownNames, sign, titled } from './lines.js';
import { hanging } from './wrap.js';

/** The findings that make the target not conformant, numbered. */
export function failureLines(report: Report, options: RenderOptions): readonly string[] {
  return apart(findingBlocks(true, report, options));
}

/** How much of what came a warning shows. */
const gistChars = 160;

/** The findings that the policy lets pass: their names and what came, whole with `--verbose`. */
export function warningLines(report: Report, options: RenderOptions): readonly string[] {
  const title = `Warnings (--fail-on ${report.policy.failOn} lets them pass)`;
  if (options.verbose) return titled(title, findingBlocks(false, report, options), options);
  const lines = report.findings
    .filter(({ counts, standing }) => !counts && standing !== 'expected')
    .flatMap((one) => warningLinesOf(one, report, options));
  return titled(`${title}   --verbose shows all`, lines.length > 0 ? [lines] : [], options);
}

function warningLinesOf(one: Finding, report: Report, options: RenderOptions): readonly string[] {
  const leader = leaderOf(one, report);
  if (leader === undefined) return [];
  const others = one.checks.length + one.folded.length - 1;
  const more = others > 0 ? ` and ${others} more` : '';
  const named = headline(leader, 'warning', `${resultName(leader, report)}${more}`, options);
  return one.example === undefined
    ? named
    : named.concat(shownLines(['came', clipped(one.example.came, gistChars)], options));
}

function findingBlocks(
  counting: boolean,
  report: Report,
  options: RenderOptions,
): readonly (readonly string[])[] {
  const advised = new Set<string>();
  return report.findings
    .filter(({ counts, standing }) => counts === counting && standing !== 'expected')
    .map((one) => {
      const leader = leaderOf(one, report);
      return leader === undefined ? [] : findingLines(one, leader, advised, report, options);
    });
}

function findingLines(
  { requirement, checks, folded, undecided = [], counts, entry }: Finding,
  leader: Result,
  advised: Set<string>,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  const { why, fix } = requirement;
  // What to change is said once, with the first finding that asks for it.
  const isNews = fix !== undefined && !advised.has(fix);
  if (isNews) advised.add(fix);
  const mark = counts ? 'fail' : 'warning';
  return [
    ...headline(leader, mark, plural(checks.length + folded.length, 'check'), options),
    ...shown(leader, mark, options),
    ...(isNews && why !== undefined ? shownLines(['why', why], options) : []),
    ...(isNews ? shownLines(['fix', fix], options) : []),
    ...shownNames('checks', namesOf(checks, report), options),
    ...shownNames('explains', namesOf(folded, report), options),
    ...(undecided.length > 0
      ? shownLines(
          [
            'undecided',
            `${plural(undecided.length, 'check')} because of it: ${few(undecided, undecidedShownMax)}`,
          ],
          options,
        )
      : []),
    ...again(leader, report, options),
    ...(entry === undefined ? [] : shownLines(['baseline', `- ${entryText(entry)}`], options)),
  ];
}

const undecidedShownMax = 6;

/** What was not met, how much it weighs, and which checks show it. */
function headline(
  result: Result,
  mark: ShownVerdict,
  shownBy: string,
  { colors, columns }: RenderOptions,
): readonly string[] {
  const weight = `${labelOf(result)}, ${shownBy}${result.proven ? '' : ', unproven'}`;
  return hanging(`${sign(mark, colors)} `, `${colors.bold(result.title)}   ${colors.dim(weight)}`, columns);
}

/** An inconclusive check as a whole. */
export function doubtLines(result: Result, report: Report, options: RenderOptions): readonly string[] {
  return [
    ...hanging(
      `${sign('inconclusive', options.colors)} `,
      `${options.colors.bold(resultName(result, report))}   ${labelOf(result)}   ${result.title}`,
      options.columns,
    ),
    ...shown(result, 'inconclusive', options),
    ...again(result, report, options),
  ];
}

function shown(result: Result, mark: ShownVerdict, options: RenderOptions): readonly string[] {
  const { colors, verbose } = options;
  const lines: readonly Shown[] = [
    ['requirement', result.requirement.says],
    ...(result.link === undefined ? [] : [['', colors.dim(result.link)] as const]),
    ...(saysNoMore(result)
      ? []
      : [[mark === 'inconclusive' ? 'because' : 'found', because(result, colors)] as const]),
    ...shownEvidence(result, verbose ? observationsMax : 1),
  ];
  return lines.flatMap((line) => shownLines(line, options));
}

function again(result: Result, report: Report, options: RenderOptions): readonly string[] {
  return shownCommand('again', againWords(result, report, options.again), options);
}

/** That a status is wrong shows below, where the acceptable ones and the one that came stand. */
export function saysNoMore({ reason, evidence }: Result): boolean {
  return reason === 'wrong-status' && evidence.length > 0;
}

/** The sentence and the code of the reason. */
export function because(result: Result, colors: Colors): string {
  return `${whyOf(result)}${colors.dim(` (${result.reason ?? ''})`)}`;
}

const sentences: Readonly<Record<string, string>> = { ...failReasons, ...inconclusiveReasons };

// A message says what came as well, which the evidence below it shows.
export function whyOf({ message, reason = '', evidence }: Result): string {
  const sentence = sentences[reason];
  return sentence !== undefined && evidence.length > 0 && message.startsWith(sentence) ? sentence : message;
}
