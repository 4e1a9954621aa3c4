import type { ExitCode } from '../../model/gate.js';
import type { Suite } from '../../model/suite.js';
import type { RecordedRun } from '../../report/read-run.js';
import { openOutput, parseOutput, shownBy, suiteDigest } from '../output/output.js';
import type { JudgeFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { chosenBaseline } from '../options/baseline.js';
import { parseJudging } from '../options/request.js';
import { chosenSuites } from '../options/suites.js';
import { readRecorded } from '../record/files.js';
import { judgedNow, signingKey, withProvenance } from '../record/provenance.js';

/** Judges a recorded run again: with the suites as they are now, and under another profile or policy where one is given. */
export async function judgeAction(
  path: string,
  flags: JudgeFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const recorded = await readRecorded(path);
  const known = await chosenBaseline(flags, recorded.header.baseline, engine);
  const judging = { ...parseJudging(flags, recorded.header), ...known };
  const suites = await chosenSuites(flags.suite, engine);
  for (const remark of remarks(recorded, suites)) io.err(`sessionspec: ${remark}\n`);
  const asked = parseOutput(flags, false);
  const key = await signingKey(flags, asked);
  const output = openOutput(asked, io);
  const judged = engine.judge(
    recorded,
    {
      checks: suites.flatMap(({ checks }) => checks),
      monitors: suites.flatMap(({ monitors }) => monitors),
    },
    judging,
  );
  const run = await withProvenance(judged, judgedNow(recorded.digest, suites, engine), key);
  const { again = { url: recorded.header.target.url, options: [] } } = recorded.header;
  const written = await output.write(run, { ...shownBy(flags, io), again });
  return written ? run.report.gate.exit : 4;
}

function remarks({ header, complete }: RecordedRun, suites: readonly Suite[]): readonly string[] {
  const now = new Map(suites.map((suite) => [suite.suite, suiteDigest(suite)]));
  const changed = header.suites.filter(({ suite, digest }) => now.has(suite) && now.get(suite) !== digest);
  return [
    ...(complete ? [] : ['the recording was cut off; only checks that had finished are judged']),
    ...(changed.length === 0
      ? []
      : [`suites that changed since the run: ${changed.map(({ suite }) => suite).join(', ')}`]),
  ];
}
