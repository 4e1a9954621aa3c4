import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { looksLikeMathRandom, predictLinear, predictSum } from './predict.js';
import type { Prediction } from './predict.js';

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
const mask = 2n ** 64n - 1n;

/** Math.random as V8 does it, written here once more so that every version is tested on any. */
function emulation(generator: Prediction['generator'], seed: bigint): () => number {
  let [a, b] = [(seed * 0x9e3779b97f4a7c15n) & mask, (~seed * 0xbf58476d1ce4e5b9n) & mask];
  const block: number[] = [];
  const numberOf = {
    'v8-52': () => Number(a >> 12n) / 2 ** 52,
    'v8-53': () => Number(a >> 11n) / 2 ** 53,
    'v8-sum-53': () => Number(((a + b) & mask) >> 11n) / 2 ** 53,
  };
  const refill = (): void => {
    for (let made = 0; made < 64; made += 1) {
      let mixed = a ^ ((a << 23n) & mask);
      mixed ^= mixed >> 17n;
      mixed ^= b ^ (b >> 26n);
      [a, b] = [b, mixed];
      block.push(numberOf[generator]());
    }
  };
  return () => {
    if (block.length === 0) refill();
    return block.pop() ?? Number.NaN;
  };
}

/** Ids in order of issue, each cut to `lengthMax`, with other calls after each. */
function idsFrom(random: () => number, count: number, lengthMax = Infinity, otherCalls = 0): string[] {
  return range(count).map(() => {
    const id = random()
      .toString(36)
      .substring(2, 2 + lengthMax);
    range(otherCalls).forEach(() => random());
    return id;
  });
}

interface Case {
  readonly ids: number;
  readonly lengthMax?: number;
  readonly otherCalls?: number;
}

/** In how many sequences, spread over the places in a block, the next id is not among the first two candidates. */
function misses(random: () => number, sequences: number, { ids, lengthMax, otherCalls }: Case): number {
  return range(sequences).filter(() => {
    range(7).forEach(() => random());
    const issued = idsFrom(random, ids + 1, lengthMax, otherCalls);
    const candidates = predictLinear(issued.slice(0, -1)).slice(0, 2);
    return !candidates.some(({ next }) => next === issued.at(-1));
  }).length;
}

const cases: readonly Case[] = [
  { ids: 6 },
  { ids: 25 },
  { ids: 6, lengthMax: 9 },
  { ids: 6, lengthMax: 10 },
  { ids: 7, lengthMax: 6 },
  { ids: 6, otherCalls: 1 },
  { ids: 6, otherCalls: 10 },
  { ids: 8, lengthMax: 9, otherCalls: 3 },
  { ids: 40 },
];

const runsLinearGenerator = Number(process.versions.node.split('.')[0]) < 26;

describe.runIf(runsLinearGenerator)('the Math.random of this Node', () => {
  test.each(cases)('gives away its next id: %o', { timeout: 60_000 }, (example) => {
    expect(misses(Math.random, 8, example)).toBeLessThanOrEqual(1);
  });
});

describe.each(['v8-52', 'v8-53'] as const)('an emulated %s', (generator) => {
  test.each(cases)('gives away its next id: %o', { timeout: 60_000 }, (example) => {
    expect(misses(emulation(generator, 2026n), 10, example)).toBeLessThanOrEqual(1);
  });

  test('is recognised', () => {
    const [prediction] = predictLinear(idsFrom(emulation(generator, 7n), 12));
    expect(prediction?.generator).toBe(generator);
  });

  test('is not recovered from two ids', () => {
    expect(predictLinear(idsFrom(emulation(generator, 7n), 2))).toEqual([]);
  });
});

/** Counts as its clock, so that a slow machine searches as far as a fast one. */
function search(seed: bigint, attemptsMax: number): Parameters<typeof predictSum>[1] {
  let attempts = 0;
  return { budgetMs: attemptsMax, random: emulation('v8-52', seed), nowMs: () => (attempts += 1) };
}

describe('an emulated v8-sum-53', () => {
  test.each([3, 17, 30, 50])(
    'gives away its next id when the first of 24 is call %d of a block',
    (firstCall) => {
      const random = emulation('v8-sum-53', 27n);
      range(firstCall).forEach(() => random());
      const issued = idsFrom(random, 25);
      const predictions = predictSum(issued.slice(0, -1), search(1n, 5_000));
      expect(predictions.slice(0, 2).map(({ next }) => next)).toContain(issued.at(-1));
      expect(predictions[0]?.generator).toBe('v8-sum-53');
    },
  );

  test('gives away its next id when ids are cut to nine characters', () => {
    const issued = idsFrom(emulation('v8-sum-53', 27n), 25, 9);
    expect(predictSum(issued.slice(0, -1), search(2n, 5_000))[0]?.next).toBe(issued.at(-1));
  });

  test('is not taken for a linear generator', () => {
    expect(predictLinear(idsFrom(emulation('v8-sum-53', 28n), 24))).toEqual([]);
  });

  test('is given up when the budget is spent', () => {
    expect(predictSum(idsFrom(emulation('v8-sum-53', 26n), 24), search(1n, 0))).toEqual([]);
  });
});

const unguessableId = (): string =>
  range(11)
    .map(() => randomInt(36).toString(36))
    .join('');

describe('ids from elsewhere', () => {
  test.each([6, 25])('never lead to a prediction: %d of them', { timeout: 60_000 }, (count) => {
    const predicted = range(30).flatMap(() => predictLinear(range(count).map(unguessableId)));
    expect(predicted).toEqual([]);
  });

  test('look like Math.random only with its alphabet and length', () => {
    expect(looksLikeMathRandom(range(6).map(unguessableId))).toBe(true);
    expect(looksLikeMathRandom(range(6).map(() => randomUUID()))).toBe(false);
    expect(looksLikeMathRandom(['3f2a9c1be077', '09bb12ce44d1'])).toBe(false);
    expect(looksLikeMathRandom(['1000001', '1000002'])).toBe(false);
    expect(looksLikeMathRandom(['K3J5H2G9FF1', 'k3j5h2g9ff1'])).toBe(false);
    expect(looksLikeMathRandom([])).toBe(false);
  });

  test('are not tried when they cannot be from Math.random', () => {
    expect(predictLinear(range(6).map(() => randomUUID()))).toEqual([]);
  });
});
