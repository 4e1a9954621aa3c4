import { expect, test } from 'vitest';
import { hostileRow, type Survived } from './hostile.js';

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
