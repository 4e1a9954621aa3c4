import { expect, test } from 'vitest';
import type { Case } from '../model/catalogue.js';
import type { Run } from '../model/report.js';
import { failed, passed, sampleResult, sampleRun } from '../testing/sample.js';
import { caseRow } from './cases.js';

const fault: Case = {
  name: 'fault',
  servedBy: 'cases',
  does: 'x',
  exits: [1],
  fails: ['a.one'],
  mayFail: ['b.*'],
};

const saying = (one: Case, exit: 0 | 1, ...ids: readonly string[]) => caseRow(one, runOf(exit, ids), 1).wrong;

test('a fault must be found, by what it names, and nothing else may fail', () => {
  expect(saying(fault, 1, 'a.one')).toEqual([]);
  expect(saying(fault, 1, 'a.one', 'b.two', 'b.three')).toEqual([]);
  expect(saying(fault, 0, 'a.one')).toEqual([expect.stringMatching(/^exit 0 where 1 is right/)]);
  expect(saying(fault, 1, 'b.two')).toEqual(['a.one should have failed']);
  expect(saying(fault, 1, 'a.one', 'c.other')).toEqual([expect.stringMatching(/^c\.other fails/)]);
});

test('a suite may stand for any of its checks', () => {
  const any = { ...fault, fails: ['a.*'] };
  expect(saying(any, 1, 'a.two')).toEqual([]);
  expect(saying(any, 1, 'b.two')).toEqual(['a.* should have failed']);
});

test('a mark that is no longer true is wrong', () => {
  const due = { ...fault, todo: 'nobody looks' };
  expect(saying(due, 0)).toEqual([]);
  expect(saying(due, 1, 'b.two')).toEqual([]);
  expect(saying(due, 1, 'a.one')).toEqual([expect.stringMatching(/^is judged right: take `todo` away/)]);
  const unnamed = { ...due, fails: [] };
  expect(saying(unnamed, 1, 'c.other')).toEqual([expect.stringMatching(/^is judged right/)]);
  const right = { ...unnamed, exits: [0] as const };
  expect(saying(right, 0, 'c.warning')).toEqual([]);
  expect(saying(right, 0)).toHaveLength(1);
});

function runOf(exit: 0 | 1, ids: readonly string[]): Run {
  const results = [
    sampleResult(passed, { id: 'z.passes' }),
    ...ids.map((id) => sampleResult(failed, { id })),
  ];
  const run = sampleRun(results);
  return { ...run, report: { ...run.report, gate: { ...run.report.gate, exit } } };
}
