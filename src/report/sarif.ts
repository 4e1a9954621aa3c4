import type { Log, Notification, ReportingDescriptor, Result as SarifResult, Run as SarifRun } from 'sarif';
import type { Finding } from '../model/finding.js';
import { describeIncident } from '../model/incident.js';
import { labelOf } from '../model/level.js';
import type { Report, Result, Run } from '../model/report.js';
import { brokenOf, brokenWords } from './baseline.js';
import { resultName } from './evidence.js';
import type { RenderOptions } from './renderer.js';
import { aligned, excuseOfFinding, failuresOf, headlineOf, storyOf } from './story.js';
import { visibleReport } from './visible.js';

/** SARIF 2.1.0: a result for each finding, a rule for each requirement. What passed is not in it. */
export function renderSarif(run: Run, options: RenderOptions): string {
  const report = visibleReport(run.report);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report, options)],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(report: Report, options: RenderOptions): SarifRun {
  const { tool, target, profile, seed, revisions, selection, summary, gate } = report;
  const rules = rulesOf(report.findings);
  const places = new Map(rules.map(({ id }, i) => [id, i]));
  return {
    tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules } },
    invocations: [invocationOf(report)],
    columnKind: 'utf16CodeUnits',
    logicalLocations: [{ index: 0, fullyQualifiedName: target.url, kind: 'resource' }],
    results: report.findings.map((finding) => {
      const ruleId = ruleIdOf(finding);
      return { ruleId, ruleIndex: places.get(ruleId) ?? -1, ...resultOf(finding, report, options) };
    }),
    properties: { profile, seed, revisions, selected: selection.selected, of: selection.of, summary, gate },
  };
}

function invocationOf(
  report: Report,
): SarifRun['invocations'] extends readonly (infer I)[] | undefined ? I : never {
  const { startedAt, durationMs, gate, incidents } = report;
  const broken = brokenOf(report);
  return {
    // Found to be wrong is no failure of the tool.
    executionSuccessful: gate.exit === 0 || gate.exit === 1,
    exitCode: gate.exit,
    exitCodeDescription: gate.sentence,
    startTimeUtc: startedAt,
    endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
    // The server is not to blame for an entry that does not hold.
    ...(broken.length > 0 && {
      toolConfigurationNotifications: broken.map((entry): Notification => ({
        level: 'error',
        message: { text: brokenWords(entry) },
      })),
    }),
    toolExecutionNotifications: [
      ...incidents.map((incident): Notification => ({
        level: 'warning',
        message: { text: describeIncident(incident) },
      })),
      ...doubtsOf(report),
    ],
  };
}

/** What was not decided is no result: it says something of the run, and not yet of the target. */
function doubtsOf(report: Report): readonly Notification[] {
  const unsure = report.results.filter(
    ({ verdict, counts }) => verdict === 'inconclusive' || (verdict !== 'fail' && counts),
  );
  return unsure.map((result) => ({
    level: result.counts ? 'error' : 'note',
    descriptor: { id: result.id },
    message: { text: `${resultName(result, report)}: ${result.message}` },
    properties: { reason: result.reason, counts: result.counts },
  }));
}

/** The leading requirement; a rule of an author's own has none, and is its check. */
function ruleIdOf({ id, requirement }: Finding): string {
  return requirement.keys[0] ?? id;
}

function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const firsts = new Map(findings.toReversed().map((finding) => [ruleIdOf(finding), finding]));
  const ids = [...new Set(findings.map(ruleIdOf))];
  return ids.flatMap((id) => {
    const finding = firsts.get(id);
    return finding === undefined ? [] : [ruleOf(id, finding)];
  });
}

function ruleOf(id: string, { requirement, link, controls = [] }: Finding): ReportingDescriptor {
  const { says, why, fix } = requirement;
  return {
    id,
    shortDescription: { text: says },
    ...(why !== undefined && { fullDescription: { text: why } }),
    ...(fix !== undefined && { help: { text: fix } }),
    ...(link !== undefined && { helpUri: link }),
    properties: { tags: ['mcp', 'session', ...controls] },
  };
}

function resultOf(finding: Finding, report: Report, { again }: RenderOptions): Omit<SarifResult, 'ruleId'> {
  const { id, reason, counts, harm } = finding;
  const excuse = excuseOfFinding(finding, report);
  // At another revision the same check may have failed for another reason, which is another finding.
  const failures = failuresOf(idsOf(finding), report).filter((one) => ownerOf(one, report) === finding);
  const names = (counted: boolean) => namesWhere(failures, counted, report);
  return {
    kind: 'fail',
    level: counts ? 'error' : 'warning',
    message: { text: `${headlineOf(finding, report)}.\n${aligned(storyOf(finding, report, again))}` },
    // A server has no file that could be pointed at.
    locations: [
      { logicalLocations: [{ index: 0, fullyQualifiedName: report.target.url, kind: 'resource' }] },
    ],
    ...(excuse !== '' && { suppressions: [{ kind: 'external', status: 'accepted', justification: excuse }] }),
    partialFingerprints: { 'sessionspecFinding/v1': `${ruleIdOf(finding)} ${reason} ${id}` },
    properties: {
      level: labelOf(finding),
      reason,
      failed: names(true),
      warnings: names(false),
      ...(harm && { harm }),
    },
  };
}

function ownerOf({ id, reason }: Result, { findings }: Report): Finding | undefined {
  const naming = findings.filter((finding) => idsOf(finding).includes(id));
  return naming.find((finding) => finding.reason === reason) ?? naming[0];
}

function idsOf({ checks, folded }: Finding): readonly string[] {
  return [...checks, ...folded];
}

function namesWhere(failures: readonly Result[], counted: boolean, report: Report): string[] {
  return failures.filter(({ counts }) => counts === counted).map((result) => resultName(result, report));
}
