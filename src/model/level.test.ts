import { expect, test } from 'vitest';
import { labelsOf, newestOf, labelOf, levels, severityOf, soften, sources } from './level.js';

const must = { level: 'MUST', source: 'security' } as const;
const should = { level: 'SHOULD', source: 'specification' } as const;
const requirement = {
  keys: [],
  says: 'something',
  weights: { '2025-03-26': should, '2025-06-18': must, '2025-11-25': must, '2026-07-28': must },
};

test('a check that weighs the same in all revisions has one label, another says from when', () => {
  expect(labelsOf({ requirement, revisions: ['2025-11-25', '2025-06-18'] })).toBe('MUST (security)');
  expect(labelsOf({ requirement, revisions: ['2025-03-26', '2025-06-18', '2025-11-25'] })).toBe(
    'SHOULD, from 2025-06-18 MUST (security)',
  );
});

test('the newest revision is the newest, in any order of writing', () => {
  expect(newestOf({ revisions: ['2025-03-26', '2025-11-25'] })).toBe('2025-11-25');
});

test('what has no keyword is labelled by its source, and softening never leaves more than a SHOULD', () => {
  expect(labelOf({ level: 'none', source: 'practice' })).toBe('practice');
  expect(labelOf(should)).toBe('SHOULD');
  for (const source of sources)
    for (const level of levels) expect(severityOf(soften({ level, source }))).not.toBe('must');
});
