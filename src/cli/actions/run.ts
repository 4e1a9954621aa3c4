import { given } from '../../load/given.js';
import type { ExitCode } from '../../model/gate.js';
import type { Run } from '../../model/report.js';
import { defaultOptions, type RunEvent, type RunOptions } from '../../model/run.js';
import type { Shard } from '../../model/shard.js';
import type { Suite } from '../../model/suite.js';
import { secretsOf } from '../../run/session.js';
import { recorder } from '../../report/recorder.js';
import type { Again } from '../../report/renderer.js';
import { runFormat, type RunHeader } from '../../report/run-lines.js';
import { shownAddress, shownTemplate, withoutAssigned } from '../../model/secrets.js';
import { version } from '../../version.js';
import { refuseUnknownActors } from '../options/actors.js';
import { openOutput, parseOutput, shownBy, type Output } from '../output/output.js';
import { describedTarget } from '../options/description.js';
import type { RunFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { startProgress } from '../output/progress.js';
import { chosenBaseline } from '../options/baseline.js';
import { parseJudging, parseRunning } from '../options/request.js';
import { leftOutOf, selectFrom, untaggedIn, type Chosen, type Selected } from '../options/select.js';
import { parseShard, sliceOf } from '../options/shard.js';
import { Mistake } from '../mistake.js';
import { chosenSuites } from '../options/suites.js';
import { parseAsked, withTarget, type AskedTarget } from '../process/with-target.js';
import { digestsOf, judgedNow, signingKey, withProvenance } from '../record/provenance.js';

/** Examines a target and writes what was asked for. Everything typed is understood before the first socket opens. */
export async function runAction(
  text: string | undefined,
  flags: RunFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const target = await describedTarget(flags, io, engine);
  const { profile = defaultOptions.profile } = target;
  const judging = parseJudging(flags, { profile, policy: defaultOptions.policy });
  const known = await chosenBaseline(flags, target.baseline, engine);
  const settings = { ...judging, ...known, startedAt: new Date() };
  const suites = await chosenSuites(flags.suite, engine, { ...flags, described: target.suites });
  const chosen = partOf(selectFrom(suites, flags), flags);
  const asked = parseAsked(text, flags, target, io.env);
  const running = parseRunning(flags, asked.at.kind);
  refuseUnknownActors(flags.as, [...engine.builtIn(), ...suites]);
  const reports = parseOutput(flags, true);
  const key = await signingKey(flags, reports);
  const output = openOutput(reports, io);
  return withTarget(asked, io, async (connect, signal) => {
    const { shard } = chosen;
    const options = { ...connect, ...settings, ...running, signal, ...(shard && { shard }) };
    const all = [...engine.builtIn(), ...suites];
    const selected = { ...chosen, leftOut: leftOutOf(all, [...chosen.checks, ...chosen.monitors]) };
    const again = againOf(asked, flags);
    const header = { ...headerOf(options, suites, selected), again, profiles: engine.profiles() };
    const { run: made, digest } = await recordedRun(selected, options, header, output, io, engine);
    const run =
      reports.path === undefined ? made : await withProvenance(made, judgedNow(digest, suites, engine), key);
    const own = suites.filter((suite) => !engine.builtIn().includes(suite));
    const untagged = untaggedIn(own, flags);
    const shown = { ...shownBy(flags, io), again, untagged, ...given({ recorded: reports.path }) };
    const written = await output.write(run, shown);
    return written ? run.report.gate.exit : 4;
  });
}

async function recordedRun(
  selected: Selected,
  options: RunOptions,
  header: RunHeader,
  { append }: Output,
  io: Io,
  engine: Engine,
): Promise<{ readonly run: Run; readonly digest: string }> {
  const recording = recorder(header, append);
  const progress = await startProgress(io);
  const observe = (event: RunEvent) => {
    recording.observe(event);
    progress.observe(event);
  };
  try {
    const { report, transcripts } = await engine.run(selected, { ...options, observe });
    // The recording began a moment earlier, and the report is that of the recording.
    const run = { report: { ...report, startedAt: header.startedAt }, transcripts };
    return { run, digest: recording.finish(run) };
  } finally {
    progress.stop();
  }
}

/** Where the run is one part of several, its checks; monitors look at each part. */
function partOf<T extends Selected>(all: T, { shard: text, seed }: RunFlags): T & { readonly shard?: Shard } {
  if (text === undefined) return all;
  const shard = parseShard(text);
  if (seed === undefined)
    throw new Mistake('--shard needs --seed N, the same for all parts, so that they make the same choices');
  return { ...all, checks: sliceOf(all.checks, shard), whole: all.checks, shard };
}

type Settled = RunOptions & { readonly seed: number; readonly startedAt: Date };

export function headerOf(
  options: Settled,
  suites: readonly Suite[],
  { checks, monitors, leftOut, whole }: Chosen,
): RunHeader {
  const { address, profile, policy, baseline, seed, revision, timeScale, startedAt, shard } = options;
  return {
    kind: 'header',
    format: runFormat,
    tool: { name: 'sessionspec', version, node: process.version },
    startedAt: startedAt.toISOString(),
    target: { url: shownAddress(address) },
    profile,
    policy,
    // Its notes are the user's own words.
    ...(baseline && { baseline: secretsOf(options).hideIn(baseline) }),
    seed,
    revision,
    timeScale,
    suites: digestsOf(suites),
    checks: [...checks, ...monitors].map(({ id }) => id),
    leftOut,
    ...(shard && { shard: { ...shard, whole: (whole ?? checks).map(({ id }) => id) } }),
  };
}

// Values of header fields may be secrets, so the reader puts them in again.
function againOf({ at }: AskedTarget, flags: RunFlags): Again {
  const { config, server, ca, insecure, header, as, idleTimeout, replica, burst, timeScale } = flags;
  const { suite, only = [] } = flags;
  return {
    url: at.kind === 'http' ? shownTemplate(at.url) : '',
    options: [
      ...againOver(at),
      ...only.flatMap((path) => ['--only', path]),
      ...suite.filter((word) => /[./\\]/.test(word)).flatMap((path) => ['--suite', path]),
      ...(config === undefined ? [] : ['--config', config]),
      ...(server === undefined ? [] : ['--server', withoutAssigned(server)]),
      ...header.flatMap((field) => ['--header', `${field.split(':')[0] ?? ''}: …`]),
      ...as.flatMap((field) => ['--as', `${field.split(':')[0] ?? ''}: …`]),
      ...(idleTimeout === undefined ? [] : ['--idle-timeout', idleTimeout]),
      ...replica.flatMap((node) => ['--replica', shownTemplate(node)]),
      ...(burst === undefined ? [] : ['--burst', burst]),
      ...(timeScale === undefined ? [] : ['--time-scale', timeScale]),
      ...(ca === undefined ? [] : ['--ca', ca]),
      ...(insecure ? ['--insecure'] : []),
      ...(flags.maxRps === undefined ? [] : ['--max-rps', flags.maxRps]),
      ...exploring(flags),
      ...(flags.readOnly ? ['--read-only'] : []),
    ],
  };
}

/** Where it does not stand in a file that is named anyway. */
function againOver(at: AskedTarget['at']): readonly string[] {
  if (at.kind === 'http') return [];
  const variables = at.given.flatMap(([name]) => ['--env', `${name}=…`]);
  return ['--stdio', withoutAssigned(at.command), ...variables];
}

function exploring({ explore, exploreLocal, exploreAll }: RunFlags): readonly string[] {
  if (exploreAll) return ['--explore-all'];
  if (exploreLocal) return ['--explore-local'];
  return explore ? ['--explore'] : [];
}
