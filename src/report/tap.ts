import { stringify } from 'yaml';
import { subjectOf, type JudgedEntry } from '../model/baseline.js';
import { labelOf } from '../model/level.js';
import type { Report, Result, Run } from '../model/report.js';
import { brokenOf, brokenWords } from './baseline.js';
import { againWords, observationsMax, resultName, shownObservation } from './evidence.js';
import { outcomeOf, redWithoutCheck, skippedBecause } from './outcome.js';
import type { RenderOptions } from './renderer.js';
import { visibleReport } from './visible.js';

/** Test Anything Protocol, version 14: `not ok` exactly where the gate counts, SKIP with a reason where it lets pass. */
export function renderTap(run: Run, options: RenderOptions): string {
  const report = visibleReport(run.report);
  const { results } = report;
  const broken = brokenOf(report);
  const points = [
    ...results.flatMap((result, i) => pointLines(i + 1, result, report, options)),
    ...broken.flatMap((entry, i) => entryLines(results.length + i + 1, entry)),
  ];
  const bailsOut = redWithoutCheck(report);
  return [
    'TAP version 14',
    // A plan of no points says that all were skipped.
    ...(points.length === 0 && bailsOut !== undefined ? [] : [`1..${results.length + broken.length}`]),
    ...points,
    ...(bailsOut === undefined ? [] : [`Bail out! ${bailsOut}`]),
    '',
  ].join('\n');
}

function pointLines(
  number: number,
  result: Result,
  report: Report,
  options: RenderOptions,
): readonly string[] {
  const outcome = outcomeOf(result);
  const says = escaped(`${resultName(result, report)}: ${result.title}`);
  if (outcome === 'passed') return [`ok ${number} - ${says}`];
  if (outcome === 'skipped') return [`ok ${number} - ${says} # SKIP ${skippedBecause(result, report)}`];
  return [`not ok ${number} - ${says}`, ...diagnosticLines(result, report, options)];
}

function entryLines(number: number, entry: JudgedEntry): readonly string[] {
  const { standing } = entry;
  const data = { message: brokenWords(entry), severity: 'fail', reason: standing };
  return [`not ok ${number} - ${escaped(`baseline ${subjectOf(entry)}: ${standing}`)}`, ...yamlLines(data)];
}

/** `#` would begin a directive. */
function escaped(description: string): string {
  return description.replaceAll(/[\\#]/g, String.raw`\$&`);
}

function diagnosticLines(result: Result, report: Report, { again }: RenderOptions): readonly string[] {
  const { message, reason, requirement, link, evidence } = result;
  const data = {
    message,
    severity: outcomeOf(result) === 'failed' ? 'fail' : 'error',
    level: labelOf(result),
    reason: reason ?? result.verdict,
    requirement: requirement.says,
    ...(link !== undefined && { link }),
    ...(evidence.length > 0 && {
      seen: evidence.slice(0, observationsMax).map((one) => Object.fromEntries(shownObservation(one))),
    }),
    again: againWords(result, report, again).join(' '),
  };
  return yamlLines(data);
}

function yamlLines(data: object): readonly string[] {
  const lines = stringify(data, { lineWidth: 0 }).trimEnd().split('\n');
  return ['---', ...lines, '...'].map((line) => `  ${line}`);
}
