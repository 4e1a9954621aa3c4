import type { Facts } from '../model/facts.js';
import type { Incident } from '../model/incident.js';
import { levelsMax, readJson } from '../model/json.js';
import type { Result } from '../model/report.js';
import type { Entry, Transcript } from '../model/transcript.js';
import { brokenLink, chainOf, unlinked } from './chain.js';
import { contradictionIn } from './consistent.js';
import { runFormat } from './run-lines.js';
import type { CheckLine, RunFooter, RunHeader, RunLine } from './run-lines.js';
import { loadLineGuard } from './run-schema.js';
import type { LineGuard } from './run-schema.js';

export interface RecordedRun {
  readonly header: RunHeader;
  readonly facts: readonly Facts[];
  readonly incidents: readonly Incident[];
  readonly transcripts: readonly Transcript[];
  /** As they were judged then, in the order in which the checks ended. */
  readonly results: readonly Result[];
  /** Absent when the recording was cut off; the checks that were finished by then are there. */
  readonly footer?: RunFooter;
  readonly complete: boolean;
  /** With which its last line ends. */
  readonly digest: string;
}

/** Says which line of the file is not what it must be. */
export class UnreadableRun extends Error {
  override readonly name: string = 'UnreadableRun';
}

/** It reads well, but somebody changed it since it was written. */
export class ForgedRun extends UnreadableRun {
  override readonly name = 'ForgedRun';
  readonly line: number | undefined;
  readonly says: string;

  constructor(says: string, line?: number) {
    super(line === undefined ? says : `line ${line}: ${says}`);
    this.line = line;
    this.says = says;
  }
}

/** Reads `run.ndjson`; throws UnreadableRun for anything else. */
export async function readRun(text: string): Promise<RecordedRun> {
  const lines = parseLines(text, await loadLineGuard());
  const broken = brokenLink(linesOf(text));
  if (broken !== undefined) throw new ForgedRun(broken.says, broken.index + 1);
  const [header, ...rest] = lines;
  if (header?.kind !== 'header')
    throw new UnreadableRun(`line 1: not a ${runFormat} file, its header is missing`);
  const recorded = { ...collect(header, rest), digest: chainOf(linesOf(text).at(-1) ?? '') };
  const contradiction = contradictionIn(recorded);
  if (contradiction !== undefined) throw new ForgedRun(`the recording contradicts itself: ${contradiction}`);
  return recorded;
}

function parseLines(text: string, guard: LineGuard): readonly RunLine[] {
  return linesOf(text).map((line, i) => parseLine(line, i + 1, guard));
}

/** Every line ends with a newline, so what stands behind the last one was cut off while it was written. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}

function parseLine(line: string, number: number, guard: LineGuard): RunLine {
  const read = readJson(unlinked(line));
  if (read === undefined) throw new UnreadableRun(`line ${number}: not JSON`);
  if (read.isCut) throw new UnreadableRun(`line ${number}: nested more than ${levelsMax} levels deep`);
  const value: unknown = read.value;
  if (number === 1) refuseOtherFormats(value);
  if (guard.isLine(value)) return value;
  throw new UnreadableRun(`line ${number}: ${guard.wrongWith(value) ?? 'unknown'}`);
}

function refuseOtherFormats(value: unknown): void {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format === runFormat) return;
  const says = typeof format === 'string' ? `the format is ${JSON.stringify(format)}` : 'no format is named';
  throw new UnreadableRun(`line 1: ${says}, only ${runFormat} can be read`);
}

function collect(header: RunHeader, lines: readonly RunLine[]): Omit<RecordedRun, 'digest'> {
  const facts: Facts[] = [];
  const incidents: Incident[] = [];
  const transcripts: Transcript[] = [];
  const results: Result[] = [];
  const open = new Map<string, Entry[]>();
  for (const [i, line] of lines.entries()) {
    const number = i + 2;
    if (line.kind === 'facts') facts.push(line.facts);
    else if (line.kind === 'incident') incidents.push(line.incident);
    else if (line.kind === 'entry') entriesOf(open, line.check, line.revision).push(line.entry);
    else if (line.kind === 'check') {
      results.push(line.result);
      transcripts.push(...transcriptOf(line, open, number));
    } else if (line.kind === 'witness') {
      const { kind: _, witness: id, revision, ...closing } = line;
      transcripts.push(closed({ id, revision }, closing, open, number));
    } else if (line.kind === 'header') throw new UnreadableRun(`line ${number}: a second header`);
    else {
      const footer = footerOf(line, number, lines);
      return { header, facts, incidents, transcripts, results, footer, complete: true };
    }
  }
  return { header, facts, incidents, transcripts, results, complete: false };
}

function entriesOf(open: Map<string, Entry[]>, check: string, revision: string): Entry[] {
  const key = `${check} ${revision}`;
  const entries = open.get(key) ?? [];
  open.set(key, entries);
  return entries;
}

function transcriptOf(line: CheckLine, open: Map<string, Entry[]>, number: number): readonly Transcript[] {
  const { id, revision } = line.result;
  if (line.transcript === undefined) {
    expectEntries(id, entriesOf(open, id, revision), 0, number);
    return [];
  }
  return [closed({ id, revision }, line.transcript, open, number)];
}

function closed(
  { id, revision }: Pick<Result, 'id' | 'revision'>,
  { earlier = [], once, ...last }: NonNullable<CheckLine['transcript']>,
  open: Map<string, Entry[]>,
  number: number,
): Transcript {
  const entries = entriesOf(open, id, revision);
  open.delete(`${id} ${revision}`);
  const attempts = [...earlier, last];
  expectEntries(
    id,
    entries,
    attempts.reduce((sum, one) => sum + one.entries, 0),
    number,
  );
  let from = 0;
  const transcripts: Transcript[] = [];
  for (const { entries: length, ...closing } of attempts) {
    transcripts.push({ check: id, revision, entries: entries.slice(from, from + length), ...closing });
    from += length;
  }
  const whole = transcripts.pop();
  if (whole === undefined) throw new Error('the last attempt is always there');
  return { ...whole, ...(transcripts.length > 0 && { earlier: transcripts }), ...(once && { once }) };
}

function expectEntries(id: string, { length }: readonly Entry[], wanted: number, number: number): void {
  if (length !== wanted)
    throw new UnreadableRun(`line ${number}: ${id} has ${wanted} entries, but ${length} stand above`);
}

function footerOf(footer: RunFooter, number: number, lines: readonly RunLine[]): RunFooter {
  if (number - 1 < lines.length) {
    throw new UnreadableRun(`line ${number + 1}: nothing may follow the footer`);
  }
  return footer;
}
