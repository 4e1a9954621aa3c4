import type { Builder, TestCase, TestSuite } from 'junit-report-builder';
import { subjectOf } from '../model/baseline.js';
import { describeIncident } from '../model/incident.js';
import { labelOf } from '../model/level.js';
import { shownVerdictOf, type Report, type Result, type Run } from '../model/report.js';
import { againWords, observationsMax, shownEvidence } from './evidence.js';
import { grouped } from '../model/tables.js';
import { outcomeOf, redWithoutCheck } from './outcome.js';
import type { RenderOptions } from './renderer.js';
import { brokenOf, brokenWords, excuseWords } from './baseline.js';
import { visibleReport } from './visible.js';

/** JUnit XML: red exactly where the gate is. What the policy lets pass is skipped, and says why. */
export async function renderJunit(run: Run, options: RenderOptions): Promise<string> {
  const builder = await loadBuilder();
  const report = visibleReport(run.report);
  const root = builder.newBuilder().name(`sessionspec ${report.profile}`);
  for (const [name, results] of bySuite(report)) {
    const suite = root.testSuite().name(name).timestamp(report.startedAt);
    describeRun(suite, report);
    for (const result of results) addCase(suite, name, result, report, options);
  }
  addBroken(root, report);
  addGate(root, report);
  return root.build();
}

// The package types its ES module, but Node loads its CommonJS one, which exports the builder itself.
async function loadBuilder(): Promise<Builder> {
  const { default: loaded }: { readonly default: unknown } = await import('junit-report-builder');
  if (!isBuilder(loaded)) throw new Error('junit-report-builder does not export a builder');
  return loaded;
}

function isBuilder(value: unknown): value is Builder {
  return typeof value === 'object' && value !== null && 'newBuilder' in value;
}

function bySuite(report: Report): ReadonlyMap<string, readonly Result[]> {
  const several = report.revisions.length > 1;
  return grouped(report.results, ({ suite, revision }) => (several ? `${suite} ${revision}` : suite));
}

function describeRun(suite: TestSuite, report: Report): void {
  suite.property('target', report.target.url);
  suite.property('profile', report.profile);
  suite.property('seed', String(report.seed));
  suite.property('gate', report.gate.sentence);
  for (const incident of report.incidents) suite.property('incident', describeIncident(incident));
}

function addBroken(root: ReturnType<Builder['newBuilder']>, report: Report): void {
  const broken = brokenOf(report);
  if (broken.length === 0) return;
  const suite = root.testSuite().name('baseline');
  for (const entry of broken) {
    const test = suite.testCase().className('baseline').name(subjectOf(entry));
    test.failure(brokenWords(entry), entry.standing);
  }
}

function addGate(root: ReturnType<Builder['newBuilder']>, report: Report): void {
  const sentence = redWithoutCheck(report);
  if (sentence === undefined) return;
  const test = root.testSuite().name('run').testCase().className('run').name('gate');
  test.error(sentence, `exit ${report.gate.exit}`);
}

function addCase(
  suite: TestSuite,
  name: string,
  result: Result,
  report: Report,
  options: RenderOptions,
): void {
  const test = suite
    .testCase()
    .className(name)
    .name(result.id)
    .time(result.durationMs / 1000);
  const outcome = outcomeOf(result);
  if (outcome === 'passed') return;
  const says = `${labelOf(result)}: ${result.message}`;
  const reason = result.reason ?? result.verdict;
  const text = `\n${details(result, report, options)}\n`;
  if (outcome === 'failed') test.failure(says, reason).stacktrace(text);
  else if (outcome === 'undecided') test.error(says, reason, text);
  else addSkipped(test, result, `${excuseWords(result, report)}${says}`, reason, text);
}

// The builder writes no message on `skipped`, so the reason stands in the output of the case.
function addSkipped(test: TestCase, result: Result, says: string, reason: string, text: string): void {
  const examined = result.verdict === 'fail' || result.verdict === 'inconclusive';
  test.skipped().standardOutput(`${shownVerdictOf(result)} (${reason}): ${says}${examined ? text : ''}`);
}

function details(result: Result, report: Report, options: RenderOptions): string {
  const lines = [
    ['check', `${result.id}  ${labelOf(result)}  ${result.title}`],
    ['requirement', result.requirement.says],
    ...(result.link === undefined ? [] : [['', result.link] as const]),
    ...shownEvidence(result, observationsMax),
    ['again', againWords(result, report, options.again).join(' ')],
  ] as const;
  const text = lines.map(([label, says]) => `${label.padEnd(12)}${says}`).join('\n');
  // The builder writes it as CDATA and guards only the first end mark in it.
  return text.replaceAll(']]>', ']]\\x3e');
}
