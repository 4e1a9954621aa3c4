import { expect, test } from 'vitest';
import type { Exchange, Transcript } from '../../model/transcript.js';
import {
  passed,
  sampleFacts,
  sampleHeader,
  sampleResult,
  sampleRun,
  sampleTranscript,
} from '../../testing/sample.js';
import type { RecordedRun } from '../read-run.js';
import type { RunHeader } from '../run-lines.js';
import { mergedRun } from './merge.js';
import { problemsOf } from './problems.js';

const whole = ['a.one', 'b.two'];

function part(
  index: number,
  header: Partial<RunHeader> = {},
  changes: Partial<RecordedRun> = {},
): RecordedRun {
  const id = whole[index - 1] ?? '';
  const { report } = sampleRun([]);
  return {
    header: {
      ...sampleHeader,
      checks: [id, 'monitors.m'],
      leftOut: [...whole.filter((one) => one !== id), 'c.other'],
      shard: { index, of: 2, whole },
      ...header,
    },
    facts: [sampleFacts],
    incidents: [{ kind: 'limited', request: 7, by: '429' }],
    transcripts: [{ ...sampleTranscript(id), sessions: { '«session alice»': 2, '«session bob»': 3 } }],
    results: [sampleResult(passed, { id }), sampleResult(passed, { id: 'monitors.m', suite: 'monitors' })],
    footer: { kind: 'footer', durationMs: 100, exchanges: 40, summary: report.summary, gate: report.gate },
    complete: true,
    digest: 'ab'.repeat(32),
    ...changes,
  };
}

const problems = (...runs: readonly RecordedRun[]) =>
  problemsOf(runs.map((run, i) => ({ name: `file ${i + 1}`, run })));

test('all parts of one run fit together, in any order', () => {
  expect(problems(part(1), part(2))).toEqual([]);
  expect(problems(part(2), part(1))).toEqual([]);
});

const { footer, ...cut } = part(2);
const cutOff = { ...cut, complete: false };
const { shard: __, ...plain } = part(2).header;
const noPart = { ...part(2), header: plain };
if (footer === undefined) throw new Error('the sample has a footer');

test.each<[string, readonly RecordedRun[], string]>([
  ['one is missing', [part(1)], 'part 2/2 is missing'],
  ['one comes twice', [part(1), part(2), part(2)], 'part 2/2 is there 2 times: file 2, file 3'],
  ['no part', [part(1), noPart], 'file 2: it is no part of a run: it was made without --shard'],
  [
    'another number of parts',
    [part(1), part(2, { shard: { index: 2, of: 3, whole } })],
    'file 2 and file 1 differ in the number of parts',
  ],
  [
    'another selection',
    [part(1), part(2, { shard: { index: 2, of: 2, whole: ['b.two'] } })],
    'file 2 and file 1 differ in the selected checks',
  ],
  ['another seed', [part(1), part(2, { seed: 9 })], 'file 2 and file 1 differ in the seed'],
  [
    'another version',
    [part(1), part(2, { tool: { ...sampleHeader.tool, version: '9.9.9' } })],
    'file 2 and file 1 differ in the version of sessionspec',
  ],
  [
    'another target',
    [part(1), part(2, { target: { url: 'http://127.0.0.1:1/mcp' } })],
    'file 2 and file 1 differ in the target',
  ],
  ['other suites', [part(1), part(2, { suites: [] })], 'file 2 and file 1 differ in the suites'],
  ['another profile', [part(1), part(2, { profile: 'interop' })], 'file 2 and file 1 differ in the profile'],
  [
    'another policy',
    [part(1), part(2, { policy: { ...sampleHeader.policy, failOn: 'any' } })],
    'file 2 and file 1 differ in what counts (--fail-on, --inconclusive)',
  ],
  [
    'other monitors',
    [part(1), part(2, { checks: ['b.two'] })],
    'file 2 and file 1 differ in the selected monitors',
  ],
  [
    'another server',
    [part(1), part(2, {}, { facts: [{ ...sampleFacts, server: { name: 'x', version: '2' } }] })],
    'file 2 and file 1 differ in the server',
  ],
  [
    'other facts',
    [part(1), part(2, {}, { facts: [{ ...sampleFacts, needsMet: [] }] })],
    'file 2 and file 1 differ in what the target offers',
  ],
  ['cut off', [part(1), cutOff], 'file 2: it was cut off: its last line is no footer'],
  [
    'interrupted',
    [part(1), part(2, {}, { footer: { ...footer, gate: { ...footer.gate, exit: 130 } } })],
    'file 2: it was interrupted',
  ],
  ['not examined', [part(1), part(2, {}, { facts: [] })], 'file 2: the target was not examined: Conformant.'],
])('parts that do not fit together are named: %s', (_, runs, says) => {
  expect(problems(...runs)).toContain(says);
});

test('a port that was free is no other target', () => {
  const again = { url: 'http://127.0.0.1:{port}/mcp', options: ['--server', 'x'] };
  const at = (index: number) =>
    part(index, { again, target: { url: `http://127.0.0.1:${4000 + index}/mcp` } });
  expect(problems(at(1), at(2))).toEqual([]);
});

test('the parts follow each other, and nothing of two is the same', () => {
  const merged = mergedRun([part(2), part(1)]);
  expect(merged.header).toMatchObject({ checks: ['a.one', 'b.two', 'monitors.m'], leftOut: ['c.other'] });
  expect(merged.header).not.toHaveProperty('shard');
  expect(merged.results.map(({ id }) => id)).toEqual(['a.one', 'monitors.m', 'b.two']);
  expect(merged.transcripts.map(({ sessions }) => Object.values(sessions ?? {}))).toEqual([
    [2, 3],
    [5, 6],
  ]);
  expect(merged.incidents.map(({ request }) => request)).toEqual([7, 47]);
  expect(merged.footer).toMatchObject({ durationMs: 200, exchanges: 80 });
  const [one = [], other = []] = merged.transcripts.map(exchangesIn);
  expect(Math.max(...one.map(({ settledMs }) => settledMs))).toBeLessThan(
    Math.min(...other.map(({ startedMs }) => startedMs)),
  );
});

test('all that has a time is shifted alike', () => {
  const [exchange, quiet] = sampleTranscript().entries;
  if (exchange?.kind !== 'exchange' || quiet === undefined) throw new Error('the sample has both');
  const stream: Exchange = {
    ...exchange,
    reply: {
      kind: 'response',
      frame: { carrier: 'http', status: 200, headers: [] },
      content: { kind: 'stream', events: [{ atMs: 1.5, data: '{}' }], end: 'open' },
    },
  };
  const full: Transcript = {
    ...sampleTranscript('b.two'),
    entries: [stream, quiet],
    earlier: [sampleTranscript('b.two')],
  };
  const [, moved] = mergedRun([part(1), part(2, {}, { transcripts: [full] })]).transcripts;
  const ms = (moved === undefined ? [] : exchangesIn(moved))[0]?.startedMs ?? 0;
  expect(ms).toBeGreaterThan(1_000);
  expect(moved).toMatchObject({
    entries: [
      { settledMs: ms + 1, reply: { content: { events: [{ atMs: ms + 0.5 }] } } },
      { fromMs: ms + 1, toMs: ms + 2 },
    ],
    earlier: [{ entries: [{ startedMs: ms }, { fromMs: ms + 1 }] }],
  });
});

function exchangesIn({ entries }: Transcript): readonly Exchange[] {
  return entries.filter((entry) => entry.kind === 'exchange');
}
