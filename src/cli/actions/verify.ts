import type { KeyObject } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BaselineEntry, JudgedEntry } from '../../model/baseline.js';
import type { ExitCode } from '../../model/gate.js';
import type { Report } from '../../model/report.js';
import type { Suite } from '../../model/suite.js';
import { plural } from '../../model/plural.js';
import { MisshapenReport, readReport } from '../../report/read-report.js';
import { ForgedRun, readRun, UnreadableRun, type RecordedRun } from '../../report/read-run.js';
import type { Mismatch } from '../../report/verify/mismatch.js';
import { wrongWithOrigin, wrongWithVerdicts, type AtHand } from '../../report/verify/verify.js';
import { visible } from '../../report/visible.js';
import { version } from '../../version.js';
import { Mistake } from '../mistake.js';
import { examinedIn } from '../options/select.js';
import type { Judging } from '../options/request.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { readReportFile, readText } from '../record/files.js';
import { embeddedKey, fingerprintOf, readPublicKey } from '../record/keys.js';
import { digestsOf } from '../record/provenance.js';
import { wrongWithSignature } from '../record/signature.js';

export interface VerifyFlags {
  readonly suite: readonly string[];
  readonly key?: string;
}

/** Judges the recordings beside reports again, and says whether the reports are what comes of them, and who signed them. */
export async function verifyAction(
  paths: readonly string[],
  flags: VerifyFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const key = flags.key === undefined ? undefined : readPublicKey(flags.key);
  const suites = await chosenSuites(flags.suite, engine);
  const exits: ExitCode[] = [];
  for (const path of paths) {
    try {
      exits.push(await verifyOne(path, { key, suites, engine, io }));
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      io.err(`sessionspec: ${error.message}\n`);
      exits.push(3);
    }
  }
  return exits.includes(3) ? 3 : exits.includes(1) ? 1 : 0;
}

interface Means {
  readonly key: KeyObject | undefined;
  readonly suites: readonly Suite[];
  readonly engine: Engine;
  readonly io: Io;
}

interface Read<T> {
  readonly path: string;
  readonly text: string;
  readonly data: T;
}

async function verifyOne(path: string, { key, suites, engine, io }: Means): Promise<ExitCode> {
  const files = filesOf(path);
  const text = readText(files.report);
  const read = await misshapen(text);
  if (read !== undefined) {
    const line = `${files.report}  it was changed, or is of another version: ${read}`;
    io.out(`${visible(path)}  ${io.colors.red('✗ does not match')}\n  ${visible(line)}\n`);
    return 1;
  }
  const report: Read<Report> = { path: files.report, ...(await readReportFile(files.report)) };
  const recorded = await readRecording(files.recording);
  const wrong = [
    ...('says' in recorded ? [recorded] : wrongWith(report, recorded, suites, engine)),
    ...wrongWithSignature(report.data, 'says' in recorded ? undefined : recorded.data.digest, key),
  ];
  const lines =
    wrong.length > 0
      ? refusal(wrong, report.data, files)
      : approval(report.data, recorded, key, othersBeside(files));
  const { colors } = io;
  const head = wrong.length > 0 ? colors.red('✗ does not match') : colors.green('✓ verified');
  io.out(`${visible(path)}  ${head}\n${lines.map((line) => `  ${visible(line)}\n`).join('')}`);
  return wrong.length > 0 ? 1 : 0;
}

/** Why it cannot be what sessionspec wrote, although it says that it is a report; undefined where it can, or is something else. */
async function misshapen(text: string): Promise<string | undefined> {
  try {
    await readReport(text);
    return undefined;
  } catch (error) {
    return error instanceof MisshapenReport ? error.message : undefined;
  }
}

interface Files {
  readonly report: string;
  readonly recording: string;
}

function filesOf(path: string): Files {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const report = isFolder ? join(path, 'report.json') : path;
  return { report, recording: join(dirname(report), 'run.ndjson') };
}

/** What else lies in the folder of a report: nothing says whether it fits. */
function othersBeside({ report, recording }: Files): readonly string[] {
  const own = new Set([report, recording].map((path) => basename(path)));
  return readdirSync(dirname(report)).filter((name) => formats.test(name) && !own.has(name));
}

const formats = /\.(?:html|md|svg|xml|sarif|tap|json)$/;

/** The recording, or what shows that somebody changed it. */
async function readRecording(path: string): Promise<Read<RecordedRun> | Mismatch> {
  const text = readText(path);
  try {
    return { path, text, data: await readRun(text) };
  } catch (error) {
    if (error instanceof ForgedRun)
      return { file: 'recording', says: error.says, ...(error.line !== undefined && { line: error.line }) };
    if (error instanceof UnreadableRun) throw new Mistake(`${path}: ${error.message}`);
    throw error;
  }
}

function wrongWith(
  report: Read<Report>,
  recorded: Read<RecordedRun>,
  suites: readonly Suite[],
  engine: Engine,
): readonly Mismatch[] {
  const { header, facts } = recorded.data;
  const ofRun = new Set(header.suites.map(({ suite }) => suite));
  const examined = suites.filter(
    ({ suite }) => ofRun.has(suite) || engine.builtIn().some((one) => one.suite === suite),
  );
  const atHand: AtHand = {
    suites: digestsOf(suites),
    profiles: engine.profiles(),
    checks: examined.flatMap((suite) => examinedIn(suite).map(({ id }) => id)),
  };
  const origin = wrongWithOrigin(report, recorded, atHand);
  // By other suites other verdicts come, which says nothing of the report.
  if (origin.some(({ file }) => file === 'report')) return origin;
  const checks = suites.flatMap((suite) => suite.checks);
  const monitors = suites.flatMap((suite) => suite.monitors);
  const judged = engine.judge(recorded.data, { checks, monitors }, judgingOf(report.data));
  const byId = new Map(checks.map((check) => [check.id, check]));
  const planned = engine.plan(
    header.checks.flatMap((id) => byId.get(id) ?? []),
    facts,
  );
  return [...origin, ...wrongWithVerdicts(report, recorded, judged.report, planned, atHand)];
}

/** As the report says that it was judged, with the failures that it says were known. */
function judgingOf({ profile, policy, baseline }: Report): Judging {
  return { profile, policy, ...(baseline && { baseline: baseline.map(entryOf) }) };
}

/** What stood in the baseline, without how it stands to the run. */
function entryOf(judged: JudgedEntry): BaselineEntry {
  const { standing: _, covers: __, instead: ___, ...entry } = judged;
  return entry;
}

function refusal(wrong: readonly Mismatch[], { tool }: Report, files: Files): readonly string[] {
  const shown = wrong.slice(0, shownMax).map(({ file, line, check, says }) => {
    const place = line === undefined ? files[file] : `${files[file]}:${line}`;
    return `${place}  ${check === undefined ? '' : `${check}: `}${says}`;
  });
  return [
    ...shown,
    ...(wrong.length > shownMax ? [`… and ${wrong.length - shownMax} more`] : []),
    ...(tool.version === version
      ? []
      : [
          `it was made with sessionspec ${tool.version}: npx sessionspec@${tool.version} verify has its suites`,
        ]),
  ];
}

const shownMax = 20;

function approval(
  report: Report,
  recorded: Read<RecordedRun> | Mismatch,
  wanted: KeyObject | undefined,
  others: readonly string[],
): readonly string[] {
  const { gate, results, startedAt, target, provenance } = report;
  const name = [target.name, target.version].filter((word) => word !== undefined && word !== '').join(' ');
  const signature = provenance?.signature;
  const key = signature && embeddedKey(signature.publicKey);
  return [
    `target      ${name === '' ? target.url : `${name}, ${target.url}`}, examined ${startedAt}`,
    `gate        ${gate.sentence}`,
    ...('says' in recorded
      ? []
      : [
          `recording   ${plural(recorded.text.split('\n').length - 1, 'line')}, each follows from the one above`,
        ]),
    `verdicts    ${plural(results.length, 'result')} and the gate are what the recording gives`,
    key === undefined
      ? 'signature   none: nothing shows who made the recording'
      : `signature   Ed25519 by ${fingerprintOf(key)}, ${wanted === undefined ? 'whose key that is was not compared: --key FILE' : 'the key of --key'}`,
    ...(others.length === 0
      ? []
      : [`not covered ${others.join(', ')}; \`sessionspec report\` makes them again from the recording`]),
  ];
}
