import type { ExitCode } from '../../model/gate.js';
import type { Run } from '../../model/report.js';
import { defaultOptions, type RunEvent, type RunOptions } from '../../model/run.js';
import type { Suite } from '../../model/suite.js';
import { secretsOf } from '../../run/session.js';
import { recorder } from '../../report/recorder.js';
import type { Again } from '../../report/renderer.js';
import { runFormat, type RunHeader } from '../../report/run-lines.js';
import { shownAddress, shownTemplate, withoutAssigned } from '../../model/secrets.js';
import { version } from '../../version.js';
import { refuseUnknownActors } from '../options/actors.js';
import { openOutput, parseOutput, shownBy, suiteDigest, type Output } from '../output/output.js';
import { describedTarget } from '../options/description.js';
import type { RunFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { startProgress } from '../output/progress.js';
import { chosenBaseline } from '../options/baseline.js';
import { parseJudging, parseRunning } from '../options/request.js';
import { leftOutOf, selectFrom, type Selected } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';
import { parseAsked, withTarget } from '../process/with-target.js';

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
  const settings = { ...judging, ...known, ...parseRunning(flags), startedAt: new Date() };
  const suites = await chosenSuites(flags.suite, engine);
  const chosen = selectFrom(suites, flags);
  const asked = parseAsked(text, flags, target);
  refuseUnknownActors(flags.as, [...engine.builtIn(), ...suites]);
  const output = openOutput(parseOutput(flags, true), io);
  return withTarget(asked, io, async (connect, signal) => {
    const options = { ...connect, ...settings, signal };
    const all = [...engine.builtIn(), ...suites];
    const selected = { ...chosen, leftOut: leftOutOf(all, [...chosen.checks, ...chosen.monitors]) };
    const again = againOf(asked.url, flags);
    const header = { ...headerOf(options, suites, selected), again };
    const run = await recordedRun(selected, options, header, output, io, engine);
    const written = await output.write(run, { ...shownBy(flags, io), again });
    return written ? run.report.gate.exit : 4;
  });
}

async function recordedRun(
  selected: Required<Selected>,
  options: RunOptions,
  header: RunHeader,
  { append }: Output,
  io: Io,
  engine: Engine,
): Promise<Run> {
  const recording = recorder(header, append);
  const progress = await startProgress(io);
  const observe = (event: RunEvent) => {
    recording.observe(event);
    progress.observe(event);
  };
  try {
    const run = await engine.run(selected, { ...options, observe });
    recording.finish(run);
    return run;
  } finally {
    progress.stop();
  }
}

type Settled = RunOptions & { readonly seed: number; readonly startedAt: Date };

export function headerOf(
  options: Settled,
  suites: readonly Suite[],
  { checks, monitors, leftOut }: Required<Selected>,
): RunHeader {
  const { url, profile, policy, baseline, seed, revision, timeScale, startedAt } = options;
  return {
    kind: 'header',
    format: runFormat,
    tool: { name: 'sessionspec', version, node: process.version },
    startedAt: startedAt.toISOString(),
    target: { url: shownAddress(url) },
    profile,
    policy,
    // Its notes are the user's own words.
    ...(baseline && { baseline: secretsOf(options).hideIn(baseline) }),
    seed,
    revision,
    timeScale,
    suites: suites.map((suite) => ({ suite: suite.suite, digest: suiteDigest(suite) })),
    checks: [...checks, ...monitors].map(({ id }) => id),
    leftOut,
  };
}

// Values of header fields may be secrets, so the reader puts them in again.
function againOf(url: string, flags: RunFlags): Again {
  const { config, server, ca, insecure, header, as, idleTimeout, replica, burst, suite, timeScale } = flags;
  return {
    url: shownTemplate(url),
    options: [
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
      ...(flags.explore ? ['--explore'] : []),
      ...(flags.readOnly ? ['--read-only'] : []),
    ],
  };
}
