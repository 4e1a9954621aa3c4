import type { Baseline } from '../model/baseline.js';
import type { Result, Run } from '../model/report.js';
import { isExaminedAt, type Revision } from '../model/revision.js';
import type { Check, Monitor } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import type { RecordedRun } from '../report/read-run.js';
import { assembleReport, type Circumstances } from '../run/report.js';
import { excuseEvicted } from '../run/evicted.js';
import { judged, notRun, recounted, watched } from '../run/results.js';
import type { ResultContext } from '../run/results.js';
import { Mistake } from './mistake.js';

/** A run from its recording: transcripts are judged again, and all of them by the monitors; a result without transcript stays as it was. */
export function rejudge(
  recorded: RecordedRun,
  examined: Examining,
  context: ResultContext,
  baseline?: Baseline,
): Run {
  const { checks } = examined;
  const over = rewatched(recorded, examined, context);
  const again = new Set(over.map(({ id }) => id));
  const results = [
    ...excuseEvicted(
      recorded.results
        .filter(({ id }) => !again.has(id))
        .map((result) => judgedAgain(result, recorded, checks, context)),
      recorded.transcripts,
    ),
    ...missingResults(recorded, examined, context),
    ...over,
  ];
  const sorted = inOrderOfPlan(results, recorded);
  const circumstances = { ...recordedCircumstances(recorded, context), baseline };
  const report = assembleReport(circumstances, recorded.facts, sorted);
  return { report, transcripts: recorded.transcripts };
}

/** The suites as they are now. */
export interface Examining {
  readonly checks: readonly Check[];
  readonly monitors?: readonly Monitor[];
}

/** The monitors that were selected in the run, and those that spoke without that. */
function rewatched(
  recorded: RecordedRun,
  { monitors = [] }: Examining,
  context: ResultContext,
): readonly Result[] {
  const { header, results } = recorded;
  const spoke = new Set([...header.checks, ...results.map(({ id }) => id)]);
  return watched(
    monitors.filter(({ id }) => spoke.has(id)),
    recorded,
    context,
  );
}

// A recording has them in the order in which the checks ended, which differs from run to run.
export function inOrderOfPlan(results: readonly Result[], { facts, header }: RecordedRun): readonly Result[] {
  const places = new Map(facts.map(({ revision }, i) => [revision, i]));
  const checks = new Map(header.checks.map((id, i) => [id, i]));
  const place = ({ id, revision }: Result) =>
    (places.get(revision) ?? 0) * checks.size + (checks.get(id) ?? checks.size);
  return results.toSorted((a, b) => place(a) - place(b));
}

function judgedAgain(
  result: Result,
  recorded: RecordedRun,
  checks: readonly Check[],
  context: ResultContext,
): Result {
  const transcript = recorded.transcripts.find(isOf(result));
  if (transcript === undefined) return recounted(result, context);
  const facts = recorded.facts.find(({ revision }) => revision === result.revision);
  if (facts === undefined) throw new Mistake(`the recording has no facts for revision ${result.revision}`);
  return judged(checkNamed(result.id, checks), transcript, facts, context);
}

function isOf({ id, revision }: Result): (transcript: Transcript) => boolean {
  return (transcript) => transcript.check === id && transcript.revision === revision;
}

function checkNamed(id: string, checks: readonly Check[]): Check {
  const check = checks.find((each) => each.id === id);
  if (check === undefined) throw new Mistake(`the check ${id} is in no suite; name its file with --suite`);
  return check;
}

/** Selected checks that are missing from a recording that was cut off. */
export function missingResults(
  { header, facts, results, complete }: RecordedRun,
  { checks, monitors = [] }: Examining,
  context: ResultContext,
): readonly Result[] {
  if (complete) return [];
  const spoken = facts.map(({ revision }) => revision);
  const isExamined = (id: string, revision: Revision) => {
    const check = checks.find((one) => one.id === id);
    return check === undefined || isExaminedAt(check, revision, spoken);
  };
  return facts.flatMap(({ revision }) =>
    header.checks
      .filter((id) => isExamined(id, revision))
      .filter((id) => !results.some((result) => result.id === id && result.revision === revision))
      .filter((id) => !monitors.some((monitor) => monitor.id === id))
      .map((id) => notRun(checkNamed(id, checks), revision, context, 'interrupted')),
  );
}

export function recordedCircumstances(
  { header, footer, facts, incidents, transcripts }: RecordedRun,
  { selected, policy }: ResultContext,
): Circumstances {
  const exchanges = transcripts
    .flatMap(({ entries }) => entries)
    .filter(({ kind }) => kind === 'exchange').length;
  return {
    tool: header.tool,
    url: header.target.url,
    startedAt: header.startedAt,
    durationMs: footer?.durationMs ?? 0,
    profile: selected,
    policy,
    selection: {
      selected: header.checks.length,
      of: header.checks.length + header.leftOut.length,
      leftOut: header.leftOut,
      ...(header.shard && { shard: { index: header.shard.index, of: header.shard.of } }),
    },
    seed: header.seed,
    traffic: { exchanges: footer?.exchanges ?? exchanges },
    incidents,
    interrupted: footer === undefined || footer.gate.exit === 130,
    // Only the recording says why the target could not be examined.
    ...(footer !== undefined &&
      footer.gate.exit !== 130 &&
      facts.length === 0 && { unusable: footer.gate.sentence }),
  };
}
