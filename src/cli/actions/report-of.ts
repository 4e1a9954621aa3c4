import { defaultOptions, defaultsOver } from '../../model/run.js';
import type { Report } from '../../model/report.js';
import { reportIn } from '../../report/read-report.js';
import { readRun, UnreadableRun } from '../../report/read-run.js';
import { Mistake } from '../mistake.js';
import { describedTarget } from '../options/description.js';
import type { ConnectionFlags, JudgingFlags, SelectionFlags } from '../options/flags.js';
import { parseJudging } from '../options/request.js';
import { leftOutOf, selectFrom } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { parseAsked, withTarget } from '../process/with-target.js';
import { readText, recordingIn } from '../record/files.js';

type Flags = SelectionFlags & ConnectionFlags & Omit<JudgingFlags, 'baseline'>;

/** The report of a run, without a baseline: one that is made now, one from its recording, or one that was written. */
export async function reportOf(
  source: string | undefined,
  flags: Flags,
  io: Io,
  engine: Engine,
): Promise<Report> {
  if (source === undefined || /^https?:/i.test(source)) return examined(source, flags, io, engine);
  const text = readText(recordingIn(source));
  const report = await reportIn(text);
  if (report !== undefined) return report;
  try {
    const recorded = await readRun(text);
    const suites = await chosenSuites(flags.suite, engine);
    const selected = {
      checks: suites.flatMap(({ checks }) => checks),
      monitors: suites.flatMap(({ monitors }) => monitors),
    };
    return engine.judge(recorded, selected, parseJudging(flags, recorded.header)).report;
  } catch (error) {
    if (error instanceof UnreadableRun)
      throw new Mistake(`${source} is neither a report.json nor a run.ndjson: ${error.message}`);
    throw error;
  }
}

async function examined(url: string | undefined, flags: Flags, io: Io, engine: Engine): Promise<Report> {
  const target = await describedTarget(flags, io, engine);
  const { profile = defaultOptions.profile } = target;
  const judging = parseJudging(flags, { profile, policy: defaultOptions.policy });
  const own = await chosenSuites(flags.suite, engine, { ...flags, described: target.suites });
  const chosen = selectFrom(own, flags);
  const leftOut = leftOutOf([...engine.builtIn(), ...own], [...chosen.checks, ...chosen.monitors]);
  return withTarget(parseAsked(url, flags, target, io.env), io, async (connect, signal) => {
    const { report } = await engine.run(
      { ...chosen, leftOut },
      { ...defaultsOver(connect.address.kind), ...connect, ...judging, signal },
    );
    if (signal.aborted) throw new Mistake('interrupted', 130);
    return report;
  });
}
