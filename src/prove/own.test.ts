import { expect, test } from 'vitest';
import { failed, passed, sampleResult, sampleRun } from '../testing/sample.js';
import { ownMutantRow, ownServerRow } from './own.js';

const run = (...failing: readonly string[]) =>
  sampleRun(['own.one', 'own.two'].map((id) => sampleResult(failing.includes(id) ? failed : passed, { id })));

test('on the server that is right all checks pass', () => {
  expect(ownServerRow('mine', run(), 1).wrong).toEqual([]);
  expect(ownServerRow('mine', run('own.two'), 1).wrong).toEqual([
    expect.stringMatching(/^own\.two is fail: /),
  ]);
});

test('a mutant fails what it names and nothing else', () => {
  const mutant = { name: 'm', server: 'x', kills: ['own.one'] };
  expect(ownMutantRow(mutant, run('own.one'), 1)).toMatchObject({ wrong: [], came: ['own.one'] });
  expect(ownMutantRow(mutant, run(), 1).wrong).toEqual([
    expect.stringMatching(/^own\.one should have failed/),
  ]);
  expect(ownMutantRow(mutant, run('own.one', 'own.two'), 1).wrong).toEqual([
    expect.stringMatching(/^own\.two fails and is not named/),
  ]);
});

test('a mutant that names nothing fails something', () => {
  const mutant = { name: 'm', server: 'x' };
  expect(ownMutantRow(mutant, run('own.two'), 1)).toMatchObject({ wrong: [], expected: ['own.two'] });
  expect(ownMutantRow(mutant, run(), 1).wrong).toEqual(['none of your checks fails']);
});

test('a server that cannot be examined proves nothing', () => {
  const { report, transcripts } = run('own.one');
  const unreached = { report: { ...report, facts: [] }, transcripts };
  expect(ownMutantRow({ name: 'm', server: 'x' }, unreached, 1).wrong).toEqual([report.gate.sentence]);
});
