import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { Json } from '../model/request.js';
import { isDistinct } from './distinct.js';

const nested = (levels: number): Json => {
  let value: Json = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

it.each<readonly [Json[], boolean]>([
  [[], true],
  [[1, '1', [1], { 1: 1 }, null, true], true],
  [
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    false,
  ],
  [[{ a: [1] }, { a: [2] }], true],
  [[[1, 2], [12], ['1,2'], [[1], 2]], true],
  [[0, -0], false],
  [['[]', []], true],
  [['"a"', 'a'], true],
  [[JSON.parse('{"__proto__":1}'), {}], true],
  [[JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}')], true],
])('%j: %s', (list, expected) => {
  expect(isDistinct(list)).toBe(expected);
});

it('agrees with a comparison of each with each', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 6 }), (values) => {
      // As it comes over a wire, where there is no -0.
      const list: Json[] = JSON.parse(JSON.stringify(values));
      const isEqual = list.some((a, i) => list.some((b, j) => i < j && isDeepStrictEqual(a, b)));
      expect(isDistinct(list)).toBe(!isEqual);
    }),
  );
});

it('goes as deep as a target can nest', () => {
  expect(isDistinct([nested(100_000), nested(100_000)])).toBe(false);
  expect(isDistinct([nested(100_000), nested(99_999)])).toBe(true);
});

it('is done with as many items as fit into what is kept of an answer', () => {
  expect(isDistinct(Array.from({ length: 22_000 }, (_, index) => [index]))).toBe(true);
});
