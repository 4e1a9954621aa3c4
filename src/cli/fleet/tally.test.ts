import { expect, test } from 'vitest';
import { tallyOf } from './tally.js';

test('a job has one outcome, and only one that is of its target and of its work', () => {
  const [one, two] = [
    { target: 'one', digest: '1' },
    { target: 'two', digest: '2' },
  ] as const;
  const tally = tallyOf([one, two]);
  expect(tally.take({ target: 'one', digest: 'of an older version' })).toBe(false);
  expect(tally.take({ target: 'two', digest: '1' })).toBe(false);
  expect(tally.take(one)).toBe(true);
  expect(tally.take(one)).toBe(false);
  expect(tally.open()).toEqual([two]);
});
