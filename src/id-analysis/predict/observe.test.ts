import { expect, test } from 'vitest';
import { observe } from './observe.js';

const bits = (text: string): readonly number[] => text.split('').map(Number);

test('the leading bits are those of the number', () => {
  const [observed] = observe([(0.7).toString(36).slice(2)]);
  expect(observed?.bits.slice(0, 12)).toEqual(bits('101100110011'));
  expect(observed?.bits.length).toBeGreaterThan(43);
});

test('a number at a border of bits gives none, since its neighbour has none in common', () => {
  expect(observe(['i'])[0]?.bits).toEqual([]);
});

test('an id shorter than the longest was not cut, so it tells more', () => {
  const [short, long] = observe(['abcdefg', 'abcdefgh']);
  expect(short?.bits.length).toBeGreaterThan(45);
  expect(long?.bits.length).toBeLessThan(43);
});

test('bits of every number read back from its id are right', () => {
  for (let round = 0; round < 500; round += 1) {
    const number = Math.random();
    const [observed] = observe([number.toString(36).slice(2)]);
    const length = observed?.bits.length ?? 0;
    const expected = Math.floor(number * 2 ** length)
      .toString(2)
      .padStart(length, '0');
    expect(observed?.bits.join('')).toBe(expected);
  }
});
