import type { Result } from '../../model/report.js';
import type { Transcript } from '../../model/transcript.js';
import type { RecordedRun } from '../../report/read-run.js';
import { renderCurl } from '../../report/show/curl.js';
import { renderNode } from '../../report/show/node.js';
import { scriptOf } from '../../report/show/script.js';
import { renderTranscript } from '../../report/show/transcript.js';
import { version } from '../../version.js';
import { Mistake } from '../mistake.js';
import { checkMeant } from '../options/choice.js';
import { chosenSuites } from '../options/suites.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { foundIn } from './show-found.js';
import { readRecorded, recordingIn } from '../record/files.js';

export interface ShowFlags {
  readonly curl?: true;
  readonly node?: true;
  readonly revision?: string;
  readonly suite: readonly string[];
  readonly verbose?: true;
}

/** What one check of a recorded run saw, or a script that asks the server the same again. */
export async function showAction(
  path: string,
  word: string,
  flags: ShowFlags,
  io: Io,
  engine: Engine,
): Promise<void> {
  if (flags.curl && flags.node) throw new Mistake('--curl and --node make one script each; keep one of them');
  const recorded = await readRecorded(recordingIn(path));
  const suites = await chosenSuites(flags.suite, engine);
  const [checks, monitors] = [suites.flatMap((one) => one.checks), suites.flatMap((one) => one.monitors)];
  const { results } = engine.judge(recorded, { checks, monitors }, recorded.header).report;
  const id = checkMeant(word, [...new Set(results.map((result) => result.id))]);
  const wanted = resultsOf(id, results, flags.revision);
  if (!flags.curl && !flags.node) {
    const options = { colors: io.colors, columns: io.columns, verbose: flags.verbose ?? false };
    const shown = wanted.map((result) =>
      renderTranscript({ result, transcripts: seenBy(result, recorded) }, options),
    );
    io.out(shown.join('\n'));
    return;
  }
  // A script shows one thing: what is wrong, where something is.
  const result = wanted.find(({ verdict }) => verdict === 'fail') ?? wanted[0];
  const [seen] = result === undefined ? [] : seenBy(result, recorded);
  const transcript = result && seen && decisive(result, seen);
  if (result === undefined || transcript === undefined)
    throw new Mistake(`nothing was sent for ${id}, so there is nothing to ask again`);
  const { header } = recorded;
  const check = checks.find((one) => one.id === transcript.check);
  const script = scriptOf({
    transcript,
    check,
    principals: principalsIn(header.again?.options ?? []),
    found: foundIn(result, transcript, check, engine.answers(header.profile)),
    acceptable: acceptableIn(result, transcript.check),
    url: header.target.url,
  });
  if (script === undefined)
    throw new Mistake(`${id} went over a carrier other than HTTP; show it without --curl and --node`);
  const origin = {
    result,
    url: header.target.url,
    madeBy: `sessionspec ${version}`,
    startedAt: header.startedAt,
  };
  io.out((flags.curl ? renderCurl : renderNode)(script, origin));
}

function resultsOf(id: string, results: readonly Result[], revision: string | undefined): readonly Result[] {
  const all = results.filter((result) => result.id === id);
  if (revision === undefined) return all;
  const wanted = all.filter((result) => result.revision === revision);
  if (wanted.length > 0) return wanted;
  throw new Mistake(
    `--revision ${JSON.stringify(revision)} was not examined; ${all.map((one) => one.revision).join(' and ')} was`,
  );
}

/** Its own transcript; of a monitor those of the checks that show what it found, each once. */
function seenBy({ id, revision, evidence }: Result, { transcripts }: RecordedRun): readonly Transcript[] {
  const of = (check: string) => transcripts.find((one) => one.check === check && one.revision === revision);
  const own = of(id);
  if (own !== undefined) return [own];
  const shown = new Set(evidence.flatMap(({ check }) => (check === undefined ? [] : [check])));
  return [...shown].flatMap((check) => of(check) ?? []);
}

/** The attempt on which the verdict rests. */
function decisive({ evidence }: Result, transcript: Transcript): Transcript {
  const [shown] = evidence.flatMap(({ entries }) => entries);
  const attempts = [transcript, ...(transcript.earlier ?? [])];
  return attempts.find(({ entries }) => entries.some(({ seq }) => seq === shown)) ?? transcript;
}

function acceptableIn({ id, evidence }: Result, check: string): ReadonlyMap<number, string> {
  const own = evidence.filter((one) => (one.check ?? id) === check);
  return new Map(
    own.flatMap(({ entries, acceptable }) => entries.slice(0, 1).map((seq) => [seq, acceptable] as const)),
  );
}

/** The actors to which `--as` gave credentials. */
function principalsIn(options: readonly string[]): readonly string[] {
  return options.flatMap((word, i) => (options[i - 1] === '--as' ? [word.split('=')[0] ?? ''] : []));
}
