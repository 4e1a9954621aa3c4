import { subjectOf, type JudgedEntry } from '../model/baseline.js';
import { labelOf } from '../model/level.js';
import { shownVerdictOf, type Report, type Result, type Run } from '../model/report.js';
import { brokenOf, brokenWords, excuseWords } from './baseline.js';
import { againWords, observationsMax, resultName, shownEvidence, type Shown } from './evidence.js';
import { countOutcomes, outcomeOf, redWithoutCheck, type Outcome } from './outcome.js';
import type { RenderOptions } from './renderer.js';
import { aligned } from './story.js';
import { visibleReport } from './visible.js';

/** Common Test Report Format (ctrf.io): one JSON that dashboards and chat bots of many test tools read. */
export function renderCtrf(run: Run, options: RenderOptions): string {
  return `${JSON.stringify(documentOf(visibleReport(run.report), options), null, 2)}\n`;
}

/** What is undecided neither passed nor failed; only what never began would be `pending`. */
const statuses = {
  passed: 'passed',
  failed: 'failed',
  undecided: 'other',
  skipped: 'skipped',
} as const satisfies Record<Outcome, string>;

// The format has a version of its own, which its authors have not raised yet.
const specVersion = '0.0.0';

function documentOf(report: Report, options: RenderOptions) {
  const { tool, target, startedAt, durationMs, gate, results } = report;
  const { passed, failed, undecided, skipped } = countOutcomes(report);
  const broken = brokenOf(report);
  const ended = gateTests(report);
  const start = Date.parse(startedAt);
  const duration = Math.round(durationMs);
  const stop = start + duration;
  return {
    reportFormat: 'CTRF',
    specVersion,
    timestamp: new Date(stop).toISOString(),
    generatedBy: `${tool.name} ${tool.version}`,
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        tests: results.length + broken.length + ended.length,
        passed,
        failed: failed + broken.length,
        skipped,
        pending: 0,
        other: undecided + ended.length,
        suites: new Set(results.map(({ suite }) => suite)).size + Math.min(1, broken.length) + ended.length,
        start,
        stop,
        duration,
        extra: { 'sessionspec.summary': report.summary },
      },
      tests: [
        ...results.map((result) => testOf(result, report, options)),
        ...broken.map(entryTest),
        ...ended,
      ],
      environment: {
        ...(target.name !== undefined && { appName: target.name }),
        ...(target.version !== undefined && { appVersion: target.version }),
        healthy: gate.exit === 0,
        extra: { 'sessionspec.run': aboutRun(report) },
      },
    },
  };
}

function aboutRun({ target, profile, policy, seed, revisions, selection, gate }: Report) {
  const { selected, of } = selection;
  return { target: target.url, profile, policy, seed, revisions, selected, of, gate };
}

/** An entry of the baseline that does not hold. */
function entryTest(entry: JudgedEntry) {
  const name = `baseline ${subjectOf(entry)}`;
  return {
    testId: name,
    name,
    status: statuses.failed,
    rawStatus: entry.standing,
    duration: 0,
    suite: ['baseline'],
    message: brokenWords(entry),
  };
}

/** Where no check is red although the run came to nothing. */
function gateTests(report: Report) {
  const message = redWithoutCheck(report);
  if (message === undefined) return [];
  const rawStatus = `exit ${report.gate.exit}`;
  return [
    {
      testId: 'gate',
      name: 'gate',
      status: statuses.undecided,
      rawStatus,
      duration: 0,
      suite: ['run'],
      message,
    },
  ];
}

function testOf(result: Result, report: Report, { again }: RenderOptions) {
  const { id, suite, revision, title, durationMs, requirement, reason, tags, link, counts } = result;
  const name = resultName(result, report);
  const outcome = outcomeOf(result);
  const rows: readonly Shown[] = [
    ['check', title],
    ['requirement', requirement.says],
    ...shownEvidence(result, observationsMax),
    ['again', againWords(result, report, again).join(' ')],
  ];
  return {
    testId: `${id}@${revision}`,
    name,
    status: statuses[outcome],
    rawStatus: shownVerdictOf(result),
    duration: Math.round(durationMs),
    suite: report.revisions.length > 1 ? [suite, revision] : [suite],
    ...(outcome !== 'passed' && {
      message: `${excuseWords(result, report)}${labelOf(result)}: ${result.message}`,
    }),
    ...((outcome === 'failed' || outcome === 'undecided') && { trace: aligned(rows) }),
    ...(tags.length > 0 && { tags }),
    extra: {
      'sessionspec.check': {
        title,
        level: labelOf(result),
        counts,
        keys: requirement.keys,
        ...(reason !== undefined && { reason }),
        ...(link !== undefined && { link }),
      },
    },
  };
}
