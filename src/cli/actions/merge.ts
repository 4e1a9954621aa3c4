import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ExitCode } from '../../model/gate.js';
import type { Run } from '../../model/report.js';
import type { Suite } from '../../model/suite.js';
import { mergedRun } from '../../report/merge/merge.js';
import { problemsOf, type Part } from '../../report/merge/problems.js';
import type { RecordedRun } from '../../report/read-run.js';
import { recorder } from '../../report/recorder.js';
import { isSame } from '../../report/verify/differences.js';
import { Mistake } from '../mistake.js';
import type { OutputFlags } from '../options/flags.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import { openOutput, parseOutput, shownBy, type Output } from '../output/output.js';
import type { Engine } from '../ports.js';
import { readRecorded, readReportFile, recordingIn } from '../record/files.js';
import { digestsOf, judgedNow, signingKey, withProvenance } from '../record/provenance.js';

export type MergeFlags = OutputFlags & { readonly suite: readonly string[]; readonly key?: string };

/** Puts the parts of a run together: the result is a recording and a report like those of one run. */
export async function mergeAction(
  paths: readonly string[],
  flags: MergeFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const asked = parseOutput(flags, true);
  if (asked.path === undefined)
    throw new Mistake('merge needs --output FOLDER: the whole recording is written there');
  const key = await signingKey(flags, asked);
  const wanted =
    flags.key === undefined ? undefined : (await import('../record/keys.js')).readPublicKey(flags.key);
  const suites = await chosenSuites(flags.suite, engine);
  const files = paths.map(recordingIn);
  const written = resolve(asked.path, 'run.ndjson');
  const own = files.find((file) => resolve(file) === written);
  if (own !== undefined)
    throw new Mistake(`${join(asked.path, 'run.ndjson')} is one of the parts; name another folder`);
  const parts: Part[] = [];
  for (const file of files) parts.push({ name: file, run: await readRecorded(file) });
  const problems = [
    ...problemsOf(parts),
    ...changedSuites(parts, suites),
    ...(await Promise.all(parts.map((part) => wronglySigned(part, wanted)))).flat(),
  ];
  if (problems.length > 0)
    throw new Mistake(
      ['these are not all the parts of one run', ...problems.map((one) => `  ${one}`)].join('\n'),
      2,
    );
  const whole = mergedRun(parts.map(({ run }) => run));
  const checks = suites.flatMap((suite) => suite.checks);
  const monitors = suites.flatMap((suite) => suite.monitors);
  const judged = engine.judge(whole, { checks, monitors }, whole.header);
  const output = openOutput(asked, io);
  const digest = record(whole, judged, suites, engine, output);
  const run = await withProvenance(judged, judgedNow(digest, suites, engine), key);
  const { again = { url: whole.header.target.url, options: [] } } = whole.header;
  return (await output.write(run, { ...shownBy(flags, io), again })) ? run.report.gate.exit : 4;
}

/** What speaks against the signature of a part, which stands in the report beside its recording. */
async function wronglySigned(
  { name, run: { digest } }: Part,
  wanted: KeyObject | undefined,
): Promise<readonly string[]> {
  const file = join(dirname(name), 'report.json');
  if (!existsSync(file))
    return wanted === undefined ? [] : [`${file} is not there, and --key asks for its signature`];
  const { wrongWithSignature } = await import('../record/signature.js');
  const { data } = await readReportFile(file);
  return wrongWithSignature(data, digest, wanted).map(({ says }) => `${file}: ${says}`);
}

/** By other suites other verdicts would come of the same exchanges. */
function changedSuites(parts: readonly Part[], suites: readonly Suite[]): readonly string[] {
  const now = new Map(digestsOf(suites).map((one) => [one.suite, one]));
  const [first] = parts;
  const changed = (first?.run.header.suites ?? []).filter((one) => !isSame(one, now.get(one.suite)));
  return changed.map(
    ({ suite }) =>
      `the suite ${suite} is not as it was when the parts were made (sessionspec ${first?.run.header.tool.version ?? ''})`,
  );
}

function record(
  whole: RecordedRun,
  run: Run,
  suites: readonly Suite[],
  engine: Engine,
  { append }: Output,
): string {
  const recording = recorder(whole.header, append);
  const byId = new Map(suites.flatMap((suite) => suite.checks.map((check) => [check.id, check])));
  for (const facts of whole.facts) recording.observe({ kind: 'facts', facts });
  const checks = whole.header.checks.flatMap((id) => byId.get(id) ?? []);
  recording.observe({ kind: 'planned', plan: engine.plan(checks, whole.facts) });
  for (const incident of whole.incidents) recording.observe({ kind: 'incident', incident });
  const results = new Map(run.report.results.map((result) => [`${result.id} ${result.revision}`, result]));
  for (const transcript of whole.transcripts) {
    const result = results.get(`${transcript.check} ${transcript.revision}`);
    recording.observe(
      result === undefined ? { kind: 'witnessed', transcript } : { kind: 'checked', transcript, result },
    );
  }
  return recording.finish(run);
}
