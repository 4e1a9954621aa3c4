import { readFileSync } from 'node:fs';
import type { ExitCode } from '../../model/gate.js';
import type { Suite } from '../../model/suite.js';
import { readRun, UnreadableRun, type RecordedRun } from '../../report/read-run.js';
import { openOutput, parseOutput, shownBy, suiteDigest } from '../output/output.js';
import type { JudgeFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import { Mistake, reasonOf } from '../mistake.js';
import type { Engine } from '../ports.js';
import { chosenBaseline } from '../options/baseline.js';
import { parseJudging } from '../options/request.js';
import { chosenSuites } from '../options/suites.js';

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
  const output = openOutput(parseOutput(flags, false), io);
  const run = engine.judge(
    recorded,
    {
      checks: suites.flatMap(({ checks }) => checks),
      monitors: suites.flatMap(({ monitors }) => monitors),
    },
    judging,
  );
  const { again = { url: recorded.header.target.url, options: [] } } = recorded.header;
  const written = await output.write(run, { ...shownBy(flags, io), again });
  return written ? run.report.gate.exit : 4;
}

/** A recording, or a Mistake that says what is wrong with the file. */
export async function readRecorded(path: string): Promise<RecordedRun> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Mistake(`${path} cannot be read: ${reasonOf(error)}`);
  }
  try {
    return await readRun(text);
  } catch (error) {
    if (error instanceof UnreadableRun) throw new Mistake(`${path}: ${error.message}`);
    throw error;
  }
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
