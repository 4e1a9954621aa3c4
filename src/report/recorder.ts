import { createChain } from './chain.js';
import { shownVerdictOf, shownVerdicts, type Result, type Run, type ShownVerdict } from '../model/report.js';
import { tabulate } from '../model/tables.js';
import type { RunEvent } from '../model/run.js';
import type { Transcript } from '../model/transcript.js';
import { planDigest } from './digest.js';
import type { Closing, RunHeader, RunLine } from './run-lines.js';

export interface Recorder {
  readonly observe: (event: RunEvent) => void;
  /** Adds what no event reported (checks that sent nothing) and the footer; gives the digest with which the recording ends. */
  readonly finish: (run: Run) => string;
}

/** Writes `run.ndjson` as things happen, so that a run that dies leaves every check it finished. */
export function recorder(header: RunHeader, append: (text: string) => void): Recorder {
  const written = new Set<string>();
  // What stands in the file: what the whole run says of a result in the end is found again from the transcripts.
  const shown: ShownVerdict[] = [];
  let incidents = 0;
  let plan: string | undefined;
  const { link, end } = createChain();
  const write = (...lines: readonly RunLine[]) => {
    let text = '';
    for (const line of lines) {
      text += link(line);
      if (text.length < pieceChars) continue;
      append(text);
      text = '';
    }
    if (text !== '') append(text);
  };
  const writeResult = (result: Result, transcript: Transcript | undefined) => {
    shown.push(shownVerdictOf(result));
    write(...checkLines(result, transcript));
  };
  write(header);
  return {
    observe(event) {
      if (event.kind === 'facts') {
        written.add(factsKey(event.facts.revision));
        write(event);
      } else if (event.kind === 'incident') {
        incidents += 1;
        write(event);
      } else if (event.kind === 'checked') {
        written.add(checkKey(event.result));
        writeResult(event.result, event.transcript);
      } else if (event.kind === 'witnessed') {
        write(...witnessLines(event.transcript));
      } else if (event.kind === 'planned') {
        plan = planDigest(event.plan);
      }
    },
    finish({ report, transcripts }) {
      const byCheck = new Map(transcripts.map((transcript) => [transcriptKey(transcript), transcript]));
      for (const facts of report.facts) {
        if (!written.has(factsKey(facts.revision))) write({ kind: 'facts', facts });
      }
      for (const result of report.results) {
        if (!written.has(checkKey(result))) writeResult(result, byCheck.get(checkKey(result)));
      }
      for (const incident of report.incidents.slice(incidents)) write({ kind: 'incident', incident });
      const { durationMs, gate, traffic } = report;
      const summary = tabulate(shownVerdicts, (one) => shown.filter((each) => each === one).length);
      const footer = { kind: 'footer', durationMs, exchanges: traffic.exchanges, summary, gate } as const;
      write({ ...footer, ...(plan !== undefined && { plan }) });
      return end();
    },
  };
}

/** What is written at once; only a burst has more in one check. */
const pieceChars = 4 << 20;

// In one piece, so that a check is never on file by half unless the write itself was cut off.
function checkLines(result: Result, transcript: Transcript | undefined): readonly RunLine[] {
  if (transcript === undefined) return [{ kind: 'check', result }];
  const { earlier = [], once } = transcript;
  return [
    ...[...earlier, transcript].flatMap(entryLines),
    {
      kind: 'check',
      result,
      transcript: {
        ...closingOf(transcript),
        ...(earlier.length > 0 && { earlier: earlier.map(closingOf) }),
        ...(once && { once }),
      },
    },
  ];
}

function witnessLines(transcript: Transcript): readonly RunLine[] {
  const { check: witness, revision } = transcript;
  return [...entryLines(transcript), { kind: 'witness', witness, revision, ...closingOf(transcript) }];
}

function closingOf({ entries, cut, sessions }: Transcript): Closing {
  return { entries: entries.length, ...(cut && { cut }), ...(sessions && { sessions }) };
}

function entryLines({ check, revision, entries }: Transcript): readonly RunLine[] {
  return entries.map((entry) => ({ kind: 'entry', check, revision, entry }));
}

const factsKey = (revision: string) => `facts ${revision}`;
const checkKey = ({ id, revision }: Result) => `check ${id} ${revision}`;
const transcriptKey = ({ check, revision }: Transcript) => `check ${check} ${revision}`;
