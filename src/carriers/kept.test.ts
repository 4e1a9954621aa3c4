import { expect, test } from 'vitest';
import { defaultLimits } from '../model/carrier.js';
import { allowance, createKept } from './kept.js';

const own = 4 << 10;

test('an answer keeps no more than its own most', () => {
  const allow = allowance(defaultLimits, 10_000);
  expect([allow(6_000), allow(6_000), allow(6_000)]).toEqual([6_000, 4_000, 0]);
});

test('what a run keeps is shared, but for a little of each answer', () => {
  const limits = { ...defaultLimits, kept: createKept(10_000) };
  const [first, second, third] = [0, 1, 2].map(() => allowance(limits, 100_000));
  expect(first?.(own + 6_000)).toBe(own + 6_000);
  expect(second?.(own + 6_000)).toBe(own + 4_000);
  expect(third?.(own + 6_000)).toBe(own);
});

test('once something was left out, nothing that follows it is kept', () => {
  const allow = allowance({ ...defaultLimits, kept: createKept(0) }, 100_000);
  expect([allow(own - 1), allow(2), allow(1)]).toEqual([own - 1, 1, 0]);
});
