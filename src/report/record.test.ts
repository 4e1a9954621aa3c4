import { expect, test } from 'vitest';
import { assembledRun } from '../testing/runs.js';
import { failed, leftOut, passed, sampleResult } from '../testing/sample.js';
import { changesOf } from './record-changes.js';
import { recordOf } from './record.js';

const results = [
  sampleResult(passed, { id: 'a.passes' }),
  sampleResult(failed, { id: 'a.fails' }),
  sampleResult(leftOut, { id: 'a.elsewhere' }),
];
const record = recordOf('one', assembledRun(results).report);

test('a record has each check by what it came to, and nothing of the hour', () => {
  expect(record).toMatchObject({
    format: 'sessionspec-record/1',
    target: 'one',
    checks: {
      '2025-11-25': { pass: ['a.passes'], fail: ['a.fails'], 'not-applicable': ['a.elsewhere'] },
    },
    findings: [{ id: 'a.fails', counts: true, checks: ['a.fails'] }],
  });
  const later = assembledRun(results.toReversed(), {
    startedAt: '2031-01-01T00:00:00.000Z',
    durationMs: 1,
    seed: 7,
  });
  expect(JSON.stringify(recordOf('one', later.report))).toBe(JSON.stringify(record));
});

test('what comes to something else is told', () => {
  const now = recordOf(
    'one',
    assembledRun([
      sampleResult(failed, { id: 'a.passes' }),
      sampleResult(passed, { id: 'a.fails' }),
      sampleResult(passed, { id: 'a.new' }),
    ]).report,
  );
  expect(changesOf(record, now)).toEqual([
    { id: 'a.passes', revision: '2025-11-25', before: 'pass', after: 'fail' },
    { id: 'a.fails', revision: '2025-11-25', before: 'fail', after: 'pass' },
    { id: 'a.elsewhere', revision: '2025-11-25', before: 'not-applicable' },
    { id: 'a.new', revision: '2025-11-25', after: 'pass' },
  ]);
  expect(changesOf(record, record)).toEqual([]);
});
