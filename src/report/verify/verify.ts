import type { Plan } from '../../model/plan.js';
import type { ProfileDigest, SuiteDigest } from '../../model/provenance.js';
import type { Report, Result } from '../../model/report.js';
import { planDigest } from '../digest.js';
import type { RecordedRun } from '../read-run.js';
import { differences, isSame, pathWords, type Difference } from './differences.js';
import { lineFinder, type Path } from './line-of.js';
import type { Mismatch } from './mismatch.js';

/** What `sessionspec` has of suites and profiles where it verifies. */
export interface AtHand {
  readonly suites: readonly SuiteDigest[];
  readonly profiles: readonly ProfileDigest[];
  /** Ids of all checks and monitors. */
  readonly checks: readonly string[];
}

/** A file as it was read. */
interface Read<T> {
  readonly text: string;
  readonly data: T;
}

/** What a report says of its recording and of the suites that is not so. */
export function wrongWithOrigin(
  { data: report }: Read<Report>,
  { text, data: recorded }: Read<RecordedRun>,
  atHand: AtHand,
): readonly Mismatch[] {
  const { provenance } = report;
  if (provenance === undefined) return [{ file: 'report', says: unnamed }];
  const lines = text.split('\n').length - 1;
  return [
    ...(recorded.complete ? [] : [recordingAt(lines, 'it was cut off: its last line is no footer')]),
    ...(recorded.digest === provenance.recording
      ? []
      : [
          recordingAt(
            lines,
            `it ends with ${recorded.digest}, and the report was made of one that ends with ${provenance.recording}`,
          ),
        ]),
    ...changedAmong('suite', provenance.suites.map(named('suite')), atHand.suites.map(named('suite'))),
    ...changedAmong(
      'profile',
      provenance.profiles.map(named('profile')),
      atHand.profiles.map(named('profile')),
    ),
  ];
}

function recordingAt(line: number, says: string): Mismatch {
  return { file: 'recording', line, says };
}

type LineOf = (path: Path) => number | undefined;

const unnamed =
  'it names no recording, so nothing shows what it was made of; make it again: sessionspec judge run.ndjson --reporter json --output FOLDER';

/** What a recording, or the report of it, says otherwise than the exchanges that were recorded. */
export function wrongWithVerdicts(
  { text, data: report }: Read<Report>,
  { text: lines, data: recorded }: Read<RecordedRun>,
  judged: Report,
  planned: Plan,
  atHand: AtHand,
): readonly Mismatch[] {
  const at = lineFinder(text, report);
  return [
    ...wrongWithPlan(recorded, lines, planned, atHand),
    ...wrongResults(report, judged, at),
    ...wrongElsewhere(report, judged, at),
  ];
}

function wrongWithPlan(
  { header, footer, results, transcripts, complete }: RecordedRun,
  text: string,
  planned: Plan,
  { suites, checks }: AtHand,
): readonly Mismatch[] {
  // Other suites make other plans.
  if (
    !isSame(
      header.suites,
      suites.filter(({ suite }) => header.suites.some((one) => one.suite === suite)),
    )
  )
    return [];
  const known = new Set([...header.checks, ...header.leftOut]);
  const byKey = new Map(results.map((result) => [keyOf(result), result]));
  const sent = new Set(transcripts.map(({ check, revision }) => keyOf({ id: check, revision })));
  const odd = planned.entries.flatMap((entry): readonly Mismatch[] => {
    const { check, facts } = entry;
    const key = keyOf({ id: check.id, revision: facts.revision });
    const result = byKey.get(key);
    if (result === undefined) return [];
    const says = oddOf(entry, result, sent.has(key));
    return says === undefined ? [] : [{ file: 'recording', check: key, ...lineOfCheck(text, result), says }];
  });
  return [
    ...checks
      .filter((id) => !known.has(id))
      .map((id) => ({ file: 'recording', line: 1, check: id, says: forgotten }) as const),
    ...(footer?.plan === undefined || footer.plan === planDigest(planned) || !complete
      ? []
      : [{ file: 'recording', line: text.split('\n').length - 1, says: otherPlan } as const]),
    ...odd,
  ];
}

const forgotten = 'the header has it neither among the checks nor among those left out';
const otherPlan = 'the facts ask for other checks than those that were to run';

/** A result without an exchange is what the plan says, or says that the check was not run. */
function oddOf(
  entry: Plan['entries'][number],
  { verdict, reason }: Result,
  hasTranscript: boolean,
): string | undefined {
  if (entry.run)
    return hasTranscript || verdict === 'not-run'
      ? undefined
      : `the check applies, and its verdict is ${verdict} without an exchange`;
  return verdict === 'not-run' || (verdict === 'not-applicable' && reason === entry.reason)
    ? undefined
    : `the check does not apply (${entry.reason}), and its verdict is ${verdict}`;
}

function wrongResults(report: Report, judged: Report, at: LineOf): readonly Mismatch[] {
  const wanted = new Map(judged.results.map((result) => [keyOf(result), result]));
  const found = new Set(report.results.map(keyOf));
  const wrong = report.results.flatMap((result, i): readonly Mismatch[] => {
    const key = keyOf(result);
    const must = wanted.get(key);
    if (must === undefined)
      return [{ file: 'report', check: key, says: 'the recording has no result of it' }];
    return differences(result, must, 1).map((one) => mismatch(one, at(['results', i, ...one.path]), key));
  });
  const missing = judged.results
    .map(keyOf)
    .filter((key) => !found.has(key))
    .map((key) => ({ file: 'report', check: key, says: 'its result is missing' }) as const);
  return [...wrong, ...missing];
}

function wrongElsewhere(report: Report, judged: Report, at: LineOf): readonly Mismatch[] {
  const { results: _, provenance: __, ...rest } = report;
  const { results: ___, provenance: ____, ...must } = judged;
  return differences(rest, must, elsewhereMax).map((one) => mismatch(one, at(one.path)));
}

function mismatch({ path, found, wanted }: Difference, line: number | undefined, check?: string): Mismatch {
  return {
    file: 'report',
    ...(line !== undefined && { line }),
    ...(check !== undefined && { check }),
    says: `${pathWords(path)} is ${found}, and the recording gives ${wanted}`,
  };
}

const elsewhereMax = 8;

function lineOfCheck(
  text: string,
  { id, revision }: Pick<Result, 'id' | 'revision'>,
): { readonly line?: number } {
  const begins = `{"kind":"check","result":{"id":${JSON.stringify(id)},`;
  const index = text
    .split('\n')
    .findIndex((line) => line.startsWith(begins) && line.includes(`"revision":"${revision}"`));
  return index < 0 ? {} : { line: index + 1 };
}

function keyOf({ id, revision }: Pick<Result, 'id' | 'revision'>): string {
  return `${id} @ ${revision}`;
}

interface Named {
  readonly name: string;
  readonly digest: string;
}

const named =
  <K extends 'suite' | 'profile'>(key: K) =>
  (one: Readonly<Record<K | 'digest', string>>): Named => ({ name: one[key], digest: one.digest });

function changedAmong(
  kind: 'suite' | 'profile',
  then: readonly Named[],
  now: readonly Named[],
): readonly Mismatch[] {
  const digests = new Map(now.map(({ name, digest }) => [name, digest]));
  return then
    .filter(({ name, digest }) => digests.get(name) !== digest)
    .map(({ name, digest }) => {
      const here = digests.get(name);
      const says = here === undefined ? 'there is none of that name here' : `here it is ${here}`;
      return { file: 'report', says: `the ${kind} ${name} had the digest ${digest}, and ${says}` };
    });
}
