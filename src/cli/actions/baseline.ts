import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { causesOf } from '../../findings/findings.js';
import { dayOf, entryFields, entryFor, subjectOf, type BaselineEntry } from '../../model/baseline.js';
import type { Finding } from '../../model/finding.js';
import type { ExitCode } from '../../model/gate.js';
import { plural } from '../../model/plural.js';
import type { Report } from '../../model/report.js';
import { visible } from '../../report/visible.js';
import { compareWithBaseline } from '../../run/baseline.js';
import { Mistake, reasonOf } from '../mistake.js';
import { readBaseline } from '../options/baseline.js';
import type { ConnectionFlags, JudgingFlags, SelectionFlags } from '../options/flags.js';
import { examinedIn } from '../options/select.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { reportOf } from './report-of.js';

export type BaselineFlags = SelectionFlags &
  ConnectionFlags &
  Omit<JudgingFlags, 'baseline'> & { readonly output?: string; readonly onlyRemove?: true };

const defaultFile = 'sessionspec-baseline.yaml';

/** Writes a baseline with the findings that count. Harm is let pass by nobody who has not read of it, so it stands there as comments. */
export async function initBaseline(
  source: string | undefined,
  flags: BaselineFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const { output: path = defaultFile } = flags;
  // Before the target is examined, and once more when the file is written.
  if (existsSync(path)) throw new Mistake(`${path} exists already; it was not changed`);
  const report = await reportOf(source, flags, io, engine);
  const findings = report.findings.filter(({ counts }) => counts);
  refuseUnexamined(report);
  if (report.gate.exit !== 0 && report.gate.exit !== 1)
    io.err(`sessionspec: ${visible(report.gate.sentence)}\n`);
  if (findings.length === 0) {
    io.out('no failure counts, so there is nothing to write\n');
    return 0;
  }
  try {
    writeFileSync(path, baselineText(findings, report), { flag: 'wx' });
  } catch (error) {
    throw new Mistake(`${path} cannot be written: ${reasonOf(error)}`);
  }
  const harmful = findings.filter(({ harm }) => harm);
  io.out(
    `${path} is written with ${entries(findings.length - harmful.length)}; use it with --baseline ${path}\n`,
  );
  if (harmful.length > 0)
    io.err(
      `sessionspec: harm is not let pass unread: ${entries(harmful.length)} (${harmful.map(({ id }) => id).join(', ')}) ${harmful.length === 1 ? 'stands' : 'stand'} there as a comment\n`,
    );
  return 0;
}

/** Where nothing was judged, nothing is known. */
function refuseUnexamined({ results, gate }: Report): void {
  if (!results.some(({ verdict }) => verdict === 'pass' || verdict === 'fail'))
    throw new Mistake(visible(gate.sentence), 2);
}

function baselineText(findings: readonly Finding[], report: Report): string {
  const day = dayOf(report.startedAt);
  const entryOf = (finding: Finding): BaselineEntry => ({
    ...entryFor(finding, report),
    note: `known since ${day}; not met: ${visible(finding.requirement.says)}`,
  });
  const [harmful, harmless] = [findings.filter(({ harm }) => harm), findings.filter(({ harm }) => !harm)];
  return [
    '# yaml-language-server: $schema=./node_modules/sessionspec/suites/schema/baseline.json',
    `# Failures of ${visible(report.target.url)} that were known on ${day}, for --baseline. Say in each note why it is let pass.`,
    '# A run fails where one of them passes, fails in another way, or is past its day.',
    `baseline:${harmless.length === 0 ? ' []' : ''}`,
    ...harmless.flatMap((finding) => blockOf(entryOf(finding))),
    ...(harmful.length > 0
      ? ['', '# These show harm to clients. To let one pass all the same, take its # away.']
      : []),
    ...harmful.flatMap((finding) => blockOf(entryOf(finding)).map((line) => `#${line}`)),
    '',
  ].join('\n');
}

function blockOf(entry: BaselineEntry): readonly string[] {
  return entryFields(entry).map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`);
}

/** Takes out the entries that no longer fail. One that names no check stays: a suite may not have been given. */
export async function updateBaseline(
  file: string,
  source: string | undefined,
  flags: BaselineFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  if (!flags.onlyRemove)
    throw new Mistake(
      'give --only-remove: entries are added by hand, each with its note; one to copy stands with each finding of a report',
    );
  const baseline = await readBaseline(file, engine);
  const report = await reportOf(source, flags, io, engine);
  refuseUnexamined(report);
  const { results, startedAt, profile, selection } = report;
  const compared = compareWithBaseline(baseline, {
    results,
    startedAt,
    profile,
    selection,
    causes: causesOf(results),
  });
  const gone = compared.entries.flatMap(({ standing }, i) => (standing === 'stale' ? [i] : []));
  for (const index of gone) {
    const entry = compared.entries[index];
    if (entry !== undefined)
      io.out(`removed: ${subjectOf(entry)} (${entry.standing}), noted: ${visible(entry.note)}\n`);
  }
  if (gone.length > 0) {
    const { withoutEntries } = await import('../../load/index.js');
    try {
      writeFileSync(file, withoutEntries(readFileSync(file, 'utf8'), gone));
    } catch (error) {
      throw new Mistake(`${file} cannot be written: ${reasonOf(error)}`, 4);
    }
  }
  io.out(`${entries(gone.length)} removed, ${baseline.length - gone.length} left\n`);
  return 0;
}

/** Reports every mistake in baselines, as a compiler does. */
export async function lintBaselines(
  files: readonly string[],
  paths: readonly string[],
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const own = paths.length > 0 ? await chosenSuites(paths, engine) : [];
  const ids = [...engine.builtIn(), ...own].flatMap((suite) => examinedIn(suite).map(({ id }) => id));
  const read = await Promise.all(files.map((file) => engine.baseline(file, ids)));
  const problems = read.flatMap((one) => one.problems);
  for (const problem of problems) io.err(`${problem}\n`);
  if (problems.length > 0) {
    io.err(`sessionspec: ${plural(problems.length, 'mistake')}\n`);
    return 3;
  }
  io.out(`${entries(read.flatMap(({ baseline = [] }) => baseline).length)}, no mistakes\n`);
  return 0;
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
