import { expect, test } from 'vitest';
import { failed, passed, sampleResult } from '../testing/sample.js';
import { differences, killsOf } from './mutants.js';

const results = [
  sampleResult(failed, { id: 'a.kills' }),
  sampleResult(passed, { id: 'a.passes' }),
  sampleResult(failed, { id: 'a.kills', revision: '2025-03-26' }),
];

test('a check kills when it fails, and counts once', () => {
  expect(killsOf(results, 'spec')).toEqual(['a.kills']);
});

test('exactly the named checks must kill', () => {
  expect(differences(['a.kills'], results, 'spec')).toEqual([]);
  expect(differences([], results, 'spec')).toEqual([
    expect.stringMatching(/^a\.kills fails and is not named/),
  ]);
  expect(differences(['a.kills', 'a.passes'], results, 'spec')).toEqual([
    expect.stringMatching(/^a\.passes should have failed and is pass/),
  ]);
  expect(differences(['a.kills', 'a.gone'], results, 'spec')).toEqual([
    'a.gone should have failed and is in no suite',
  ]);
});
