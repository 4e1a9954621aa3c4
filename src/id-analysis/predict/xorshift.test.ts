import { expect, test } from 'vitest';
import { advance } from './xorshift.js';

test('a step follows the recurrence, worked out by hand for a state of one bit', () => {
  // 1 spreads to 1 + 2^23; shifted right by 17 that is 2^6; the other word is 0.
  expect(advance({ s0: 1n, s1: 0n }, 1)).toEqual({ s0: 0n, s1: 1n + 2n ** 23n + 2n ** 6n });
});

test('what the left shift pushes out of 64 bits is gone', () => {
  expect(advance({ s0: 1n << 63n, s1: 0n }, 1)).toEqual({ s0: 0n, s1: (1n << 63n) + (1n << 46n) });
});

test('no step leaves the state as it is', () => {
  expect(advance({ s0: 5n, s1: 7n }, 0)).toEqual({ s0: 5n, s1: 7n });
});
