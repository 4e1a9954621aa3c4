import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run } from '../model/report.js';
import type { Transcript } from '../model/transcript.js';
import { readRun } from './read-run.js';
import { createChain } from './chain.js';
import { recorder } from './recorder.js';
import {
  failed,
  notRun,
  passed,
  sampleHeader,
  sampleResult,
  sampleRun,
  sampleTranscript,
} from '../testing/sample.js';

test('what was recorded is read back, with all that the target wrote', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRun(), fc.boolean(), async (run, live) => {
      const read = await readRun(recorded(run, live));
      expect(read).toEqual({
        header: headerOf(run),
        facts: run.report.facts,
        incidents: run.report.incidents,
        transcripts: run.transcripts,
        results: run.report.results,
        footer: expect.objectContaining({
          gate: run.report.gate,
          summary: run.report.summary,
          exchanges: 42,
        }),
        complete: true,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    }),
    { numRuns: 25 },
  );
});

test('an incident is written where it was noticed, and read back once', async () => {
  const run = sampleRun([sampleResult(passed)], [sampleTranscript()]);
  const incidents = [{ kind: 'stopped-answering', request: 7, suspects: ['demo.a'] }] as const;
  const told = { ...run, report: { ...run.report, incidents } };
  const [, second] = recorded(told, true).split('\n');
  expect(second).toContain('"stopped-answering"');
  for (const live of [true, false])
    expect((await readRun(recorded(told, live))).incidents).toEqual(incidents);
});

test('earlier attempts are read back with their check', async () => {
  const [entry] = sampleTranscript().entries;
  if (entry === undefined) throw new Error('the sample has entries');
  const attempt = (seq: number): Transcript => ({ ...sampleTranscript(), entries: [{ ...entry, seq }] });
  const whole: Transcript = {
    ...attempt(3),
    earlier: [{ ...attempt(1), cut: { step: '0', because: 'setup' } }, attempt(2)],
    once: 'budget',
  };
  const run = sampleRun([sampleResult(passed)], [whole]);
  for (const live of [true, false]) expect((await readRun(recorded(run, live))).transcripts).toEqual([whole]);
});

test('a recording cut off anywhere keeps the checks that were finished', async () => {
  const run = sampleRun(
    [sampleResult(passed), sampleResult(failed, { id: 'reuse.other' })],
    [sampleTranscript(), sampleTranscript('reuse.other')],
  );
  const text = recorded(run, true);
  const headEnd = text.indexOf('\n') + 1;
  for (let length = headEnd; length < text.length; length += 97) {
    const read = await readRun(text.slice(0, length));
    expect(read.complete).toBe(false);
    expect(read.results).toEqual(run.report.results.slice(0, read.results.length));
    expect(read.transcripts).toEqual(run.transcripts.slice(0, read.results.length));
  }
});

test('a witness is read back as a transcript without a result', async () => {
  const transcript = sampleTranscript('witness.busy');
  let text = '';
  const one = recorder({ ...sampleHeader, checks: [] }, (more) => (text += more));
  one.observe({ kind: 'witnessed', transcript });
  one.finish(sampleRun([], []));
  const { transcripts, results } = await readRun(text);
  expect(transcripts).toEqual([transcript]);
  expect(results).toEqual([]);
  const cut = text.replace(/\n.*"kind":"entry".*/, '');
  await expect(readRun(cut)).rejects.toThrow('does not follow from the line above');
});

test('what no event told is added at the end', async () => {
  const run = sampleRun(
    [sampleResult(passed), sampleResult(notRun, { id: 'reuse.late' })],
    [sampleTranscript()],
  );
  const { results, transcripts } = await readRun(recorded(run, true));
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'not-run']);
  expect(transcripts).toHaveLength(1);
});

const checkLine = { kind: 'check', result: sampleResult(passed) };
const footer = {
  kind: 'footer',
  durationMs: 1,
  exchanges: 0,
  summary: sampleRun([sampleResult(passed)]).report.summary,
  gate: sampleRun([]).report.gate,
};
const factsLine = { kind: 'facts', facts: sampleRun([]).report.facts[0] };
const written = (...lines: readonly object[]) => {
  const { link } = createChain();
  return lines.map(link).join('');
};

test.each([
  ['', 'line 1: not a sessionspec-run/3 file'],
  ['not json\n', 'line 1: not JSON'],
  ['{"a":1}\n', 'line 1: no format is named, only sessionspec-run/3 can be read'],
  [
    written({ ...sampleHeader, format: 'sessionspec-run/1' }),
    'line 1: the format is "sessionspec-run/1", only sessionspec-run/3',
  ],
  [written(sampleHeader, { kind: 'facts' }), "line 2: facts must have required property 'facts'"],
  [
    written(sampleHeader, checkLine, { kind: 'poem' }),
    'line 3: the kind must be one of header, facts, entry, check, incident, witness, footer',
  ],
  [written(sampleHeader, sampleHeader), 'line 2: a second header'],
  [
    written(sampleHeader, { ...checkLine, transcript: { entries: 2 } }),
    'line 2: termination.post-after-delete has 2 entries, but 0 stand above',
  ],
  [written(sampleHeader, footer, checkLine), 'line 3: nothing may follow the footer'],
  [
    written(sampleHeader, { ...checkLine, result: { ...sampleResult(passed), level: 'PERHAPS' } }),
    'line 2: check/result',
  ],
])('other files are refused with the line: %#', async (text, message) => {
  await expect(readRun(text)).rejects.toThrow(message);
});

test.each([
  [
    'a check cut out',
    written(sampleHeader, factsLine, footer),
    'results are missing: termination.post-after-delete',
  ],
  ['all of it cut out', written(sampleHeader, footer), 'results are missing: all'],
  [
    'a result of no check',
    written({ ...sampleHeader, checks: [] }, factsLine, checkLine, footer),
    'does not name it',
  ],
  [
    'two results of one check',
    written(sampleHeader, factsLine, checkLine, checkLine, footer),
    'has two results',
  ],
  [
    'a footer of another run',
    written(sampleHeader, factsLine, checkLine, { ...footer, summary: { ...footer.summary, pass: 9999 } }),
    'the footer counts 9999 of pass',
  ],
])('a whole recording that contradicts itself is refused: %s', async (_, text, message) => {
  await expect(readRun(text)).rejects.toThrow(message);
});

test('a recording that was edited, cut or put in another order is refused, with the line', async () => {
  const results = ['a.a', 'a.b', 'a.c'].map((id) => sampleResult(passed, { id }));
  const run = sampleRun(
    results,
    results.map(({ id }) => sampleTranscript(id)),
  );
  const lines = recorded(run, true).split('\n').slice(0, -1);
  const unfit = 'its digest does not follow from the line above';
  for (let at = 1; at < lines.length - 1; at += 1) {
    const [line = '', next = ''] = lines.slice(at);
    const put = (...instead: readonly string[]) => `${lines.toSpliced(at, 2, ...instead).join('\n')}\n`;
    const wrong = `line ${at + 1}: ${unfit}`;
    await expect(readRun(put(next))).rejects.toThrow(wrong);
    await expect(readRun(put(next, line))).rejects.toThrow(wrong);
    await expect(readRun(put(line, line, next))).rejects.toThrow(`line ${at + 2}: ${unfit}`);
    await expect(readRun(put(line.replace('"kind"', '"x":1,"kind"'), next))).rejects.toThrow(wrong);
    await expect(readRun(put(line.replace(/,"chain".*/, '}'), next))).rejects.toThrow(
      `line ${at + 1}: it has no digest`,
    );
  }
});

const headerOf = ({ report }: Run) => ({
  ...sampleHeader,
  checks: [...new Set(report.results.map(({ id }) => id))],
});

function recorded(run: Run, live: boolean): string {
  let text = '';
  const { observe, finish } = recorder(headerOf(run), (more) => (text += more));
  if (live) {
    for (const incident of run.report.incidents) observe({ kind: 'incident', incident });
    for (const facts of run.report.facts) observe({ kind: 'facts', facts });
    for (const transcript of run.transcripts) {
      const result = run.report.results.find(({ id }) => id === transcript.check);
      if (result) observe({ kind: 'checked', transcript, result });
    }
  }
  finish(run);
  return text;
}

function arbitraryRun(): fc.Arbitrary<Run> {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const id = fc.stringMatching(/^[a-z]{1,3}\.[a-z]{1,4}$/);
  return fc
    .uniqueArray(fc.tuple(id, text, fc.option(arbitraryTranscript(text), { nil: undefined })), {
      maxLength: 5,
      selector: ([key]) => key,
    })
    .map((made) => {
      // Checks with a transcript are told first, so file order and report order agree.
      const sorted = made.toSorted(([, , a], [, , b]) => Number(a === undefined) - Number(b === undefined));
      const results = sorted.map(([check, message, seen]) =>
        sampleResult(seen ? passed : notRun, { id: check, message }),
      );
      const transcripts = sorted.flatMap(([check, , seen]) => (seen ? [{ ...seen, check }] : []));
      return sampleRun(results, transcripts);
    });
}

function arbitraryTranscript(text: fc.Arbitrary<string>): fc.Arbitrary<Transcript> {
  const entry = fc.tuple(text, text, fc.nat(999)).map(([body, value, status]) => ({
    kind: 'exchange' as const,
    seq: status,
    step: '1#2',
    actor: 'alice',
    asked: { kind: 'request' as const, rpcId: value, session: [] },
    sent: { carrier: 'http' as const, method: 'POST', headers: [['X-A', value]] as const, body },
    named: [value],
    mentions: [],
    reply: {
      kind: 'response' as const,
      frame: {
        carrier: 'http' as const,
        status,
        headers: [
          ['a', value],
          ['A', body],
        ] as const,
      },
      content: { kind: 'stream' as const, events: [{ atMs: 1.5, data: body }], end: 'open' as const },
    },
    startedMs: 0.25,
    settledMs: 1,
  }));
  const revision = '2025-11-25';
  const cut = fc.option(fc.constant({ step: '2', because: 'setup' } as const), { nil: undefined });
  return fc
    .tuple(fc.array(entry, { maxLength: 3 }), cut)
    .map(([entries, because]) =>
      because === undefined
        ? { check: '', revision, entries }
        : { check: '', revision, entries, cut: because },
    );
}
