import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startHostile } from '../../fixtures/hostile/hostile.js';
import { proveHostile } from '../cli/selftest/run-hostile.js';
import { hostileRow, type Survived } from './hostile.js';

// The program as it is shipped: what is measured is the memory and the end of a whole process.
const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

// One of each kind; `.ci/run` has a stage that meets all of them.
const sample = [
  'endless-body',
  'gzip-bomb',
  'deep-json-after-initialize',
  'slow-headers',
  'event-storm-after-initialize',
  'length-too-short-after-initialize',
  'script-in-strings',
  'redirect-to-other-host',
];

test('hostile peers are survived within bounds', { timeout: 300_000 }, async () => {
  expect(existsSync(program), 'npm run build makes the program').toBe(true);
  const running = await startHostile();
  const peers = Object.fromEntries(sample.map((name) => [name, running.url(name)]));
  const index = async () => ({ peers, redirectTrapHits: running.redirectTrapHits().length });
  const rows = await proveHostile(index, { onExit: () => () => undefined }, () => undefined, program);
  await running.close();
  expect(rows.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(rows).toHaveLength(sample.length + 1);
});

const survived: Survived = {
  exit: 2,
  ms: 1_000,
  cpuMs: 1_000,
  peakMiB: 100,
  complaints: [],
  reports: { 'junit.xml': '<testsuites/>' },
};

test.each<[string, Partial<Survived>]>([
  ['exit 1 where exit 2 is due', { exit: 1 }],
  ['killed where exit 2 is due', { exit: undefined }],
  ['the run computed for 15001 ms, more than 15000 ms', { cpuMs: 15_001 }],
  ['the run held 301 MiB, more than 300 MiB', { peakMiB: 301 }],
  ['junit.xml holds markup of the peer', { reports: { 'junit.xml': '<testsuites><script>' } }],
  ['report.json holds a control character', { reports: { 'report.json': '{"a":"\u001b[2J"}' } }],
  ['junit.xml is no XML', { reports: { 'junit.xml': '<testsuites name="a<b"/>' } }],
])('%s is seen', (sentence, change) => {
  expect(hostileRow('endless-body', survived).wrong).toEqual([]);
  expect(hostileRow('endless-body', { ...survived, ...change }).wrong).toContain(sentence);
});
