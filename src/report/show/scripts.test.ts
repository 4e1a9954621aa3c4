import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Exchange, Transcript } from '../../model/transcript.js';
import { failed, plainOptions, sampleResult, sampleTranscript } from '../../testing/sample.js';
import { renderCurl } from './curl.js';
import { renderNode } from './node.js';
import { scriptOf } from './script.js';
import { withVariables } from './text.js';
import { renderTranscript } from './transcript.js';

const [first] = sampleTranscript().entries;
if (first?.kind !== 'exchange') throw new Error('the sample begins with an exchange');
const exchange: Exchange = first;

const url = 'http://127.0.0.1:9/mcp';
const origin = {
  result: sampleResult(failed),
  url,
  madeBy: 'sessionspec',
  startedAt: '2026-11-20T12:00:00.000Z',
};
const of = (...entries: readonly Exchange[]) => {
  const transcript: Transcript = { ...sampleTranscript(), entries };
  const script = scriptOf({ transcript, principals: [], acceptable: new Map(), url });
  if (script === undefined) throw new Error('there is a script');
  return script;
};

/** What a stranger wrote, and would like to run. */
const hostile = `'"; touch owned; $(touch owned) \`touch owned\` \${process.exit(9)} \\ \n\r\u2028 // */`;

test('what a stranger wrote stays text in both scripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-show-'));
  const entry: Exchange = {
    ...exchange,
    actor: hostile,
    asked: { ...exchange.asked, method: hostile, session: [hostile] },
    sent: {
      carrier: 'http',
      method: 'POST',
      headers: [['x-a', hostile.replaceAll(/\s/g, ' ')]],
      body: hostile,
    },
    named: [hostile],
  };
  const told = { ...origin, result: sampleResult(failed, { title: hostile, message: hostile }) };
  const script = of(entry);
  writeFileSync(join(folder, 'a.sh'), renderCurl(script, told));
  writeFileSync(join(folder, 'a.mjs'), renderNode(script, told));
  const ran = [['sh', 'a.sh'] as const, [process.execPath, 'a.mjs'] as const].map(([program, file]) =>
    spawnSync(program, [file], { cwd: folder, encoding: 'utf8' }),
  );
  const left = spawnSync('ls', [folder], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  rmSync(folder, { recursive: true });
  expect(left).toEqual(['a.mjs', 'a.sh']);
  // Nothing listens there, so no answer is the one that the run got.
  for (const { status, stdout, stderr } of ran) {
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(stdout).toContain('#0    none');
    expect(stdout).toContain('1 answers have another status than the run got.');
  }
  expect(
    renderTranscript(
      { result: told.result, transcripts: [{ ...sampleTranscript(), entries: [entry] }] },
      plainOptions,
    ).replaceAll('\n', ''),
  ).not.toMatch(/[\p{Cc}\p{Zl}]/u);
});

test('a name that begins another is told apart from it', () => {
  const names = [
    { token: 'id-1', variable: 'a' },
    { token: 'id-12', variable: 'b' },
  ];
  expect(withVariables('x id-12 id-1', names)).toEqual(['x ', { variable: 'b' }, ' ', { variable: 'a' }]);
});

const at = (seq: number, startedMs: number, settledMs: number): Exchange => ({
  ...exchange,
  seq,
  startedMs,
  settledMs,
});

test('what overlapped in the run overlaps in the script, and what came later waits', () => {
  const { actions } = of(at(0, 0, 5), at(1, 10, 40), at(2, 12, 30), at(3, 45, 50), at(4, 900, 950));
  expect(
    actions.map((one) =>
      one.do === 'send'
        ? `${one.background ? 'begin' : 'send'} ${one.call.seq}`
        : one.do === 'wait'
          ? `wait ${one.call.seq}`
          : one.do === 'sleep'
            ? `sleep ${one.ms}`
            : one.do,
    ),
  ).toEqual(['send 0', 'begin 1', 'send 2', 'wait 1', 'send 3', 'sleep 850', 'send 4']);
});

test('messages on stdio make no script', () => {
  const entry: Exchange = { ...exchange, sent: { carrier: 'stdio', line: '{}' } };
  expect(
    scriptOf({
      transcript: { ...sampleTranscript(), entries: [entry] },
      principals: [],
      acceptable: new Map(),
      url,
    }),
  ).toBe(undefined);
});
