import { expect, it } from 'vitest';
import { listed, nearest, suggestion } from './nearest.js';

it('finds the word that was meant', () => {
  expect(nearest('statuss', ['state', 'status', 'stream'])).toBe('status');
  expect(nearest('sned', ['open', 'send', 'notify'])).toBe('send');
  expect(nearest('Must', ['MUST', 'MAY'])).toBe('MUST');
});

it('does not guess', () => {
  expect(nearest('frobnicate', ['open', 'send'])).toBeUndefined();
  expect(nearest('x'.repeat(1_000_000), ['open'])).toBeUndefined();
  expect(suggestion('frobnicate', ['open', 'send'])).toBe('; there is `open` and `send`');
  expect(suggestion('frobnicate', [])).toBe('');
  expect(listed(['a', 'b', 'c'], 'or')).toBe('`a`, `b` or `c`');
});
