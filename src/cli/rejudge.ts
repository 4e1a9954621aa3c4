import { gate } from '../run/gate.js';
import type { Gate, Policy } from '../model/gate.js';
import type { Report, Result, Run, Summary } from '../model/report.js';
import type { Check } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import type { RecordedRun } from '../report/read-run.js';
import { judged, notRun } from '../run/results.js';
import type { ResultContext } from '../run/results.js';
import { Mistake } from './mistake.js';

/** A run from its recording: transcripts are judged again, and what sent nothing stays as it was. */
export function rejudge(
  recorded: RecordedRun,
  checks: readonly Check[],
  policy: Policy,
  context: ResultContext,
): Run {
  const results = [
    ...recorded.results.map((result) => again(result, recorded, checks, context)),
    ...missing(recorded, checks, context),
  ];
  const sorted = inOrderOfPlan(results, recorded);
  return { report: report(recorded, sorted, policy, context), transcripts: recorded.transcripts };
}

// A recording has them in the order in which they ended, which is another one each time.
function inOrderOfPlan(results: readonly Result[], { facts, header }: RecordedRun): readonly Result[] {
  const revisions = new Map(facts.map(({ revision }, i) => [revision, i]));
  const checks = new Map(header.checks.map((id, i) => [id, i]));
  const place = ({ id, revision }: Result) =>
    (revisions.get(revision) ?? 0) * checks.size + (checks.get(id) ?? checks.size);
  return results.toSorted((a, b) => place(a) - place(b));
}

function again(
  result: Result,
  recorded: RecordedRun,
  checks: readonly Check[],
  context: ResultContext,
): Result {
  const transcript = recorded.transcripts.find(isOf(result));
  if (transcript === undefined) return reselected(result, context);
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

function reselected(result: Result, { selected }: ResultContext): Result {
  const { level, verdict, message } = result.judgements[selected];
  const { reason: _, ...rest } = result;
  return {
    ...rest,
    level,
    verdict: verdict.kind,
    ...('reason' in verdict && { reason: verdict.reason }),
    message,
    evidence: 'evidence' in verdict ? verdict.evidence : [],
  };
}

/** Checks that were selected and that a recording which was cut off does not tell of. */
function missing(
  { header, facts, results, complete }: RecordedRun,
  checks: readonly Check[],
  context: ResultContext,
): readonly Result[] {
  if (complete) return [];
  return facts.flatMap(({ revision }) =>
    header.checks
      .filter((id) => !results.some((result) => result.id === id && result.revision === revision))
      .map((id) => notRun(checkNamed(id, checks), revision, context, 'interrupted')),
  );
}

function report(
  recorded: RecordedRun,
  results: readonly Result[],
  policy: Policy,
  { selected }: ResultContext,
): Report {
  const { header, facts, footer, transcripts } = recorded;
  const [first] = facts;
  const exchanges = transcripts
    .flatMap(({ entries }) => entries)
    .filter(({ kind }) => kind === 'exchange').length;
  return {
    format: 'sessionspec-report/1',
    tool: header.tool,
    target: { ...header.target, ...(first && { name: first.server.name, version: first.server.version }) },
    startedAt: header.startedAt,
    durationMs: footer?.durationMs ?? 0,
    profile: selected,
    seed: header.seed,
    revisions: facts.map(({ revision }) => revision),
    facts,
    gate: gateOf(recorded, results, policy),
    summary: summaryOf(results),
    traffic: { exchanges: footer?.exchanges ?? exchanges },
    outages: footer?.outages ?? [],
    results,
  };
}

function gateOf({ facts, footer }: RecordedRun, results: readonly Result[], policy: Policy): Gate {
  if (footer === undefined || footer.gate.exit === 130) return gate(results, policy, { interrupted: true });
  // Why the target could not be examined is only known from then.
  if (facts.length === 0) return footer.gate;
  return gate(results, policy, { outages: footer.outages });
}

function summaryOf(results: readonly Result[]): Summary {
  const count = (kind: Result['verdict']) => results.filter(({ verdict }) => verdict === kind).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    'not-applicable': count('not-applicable'),
    'not-run': count('not-run'),
  };
}
