import { expect, it } from 'vitest';
import { matches } from './pattern.js';

it('a pattern matches or does not', () => {
  expect(matches('^text/(plain|html)\\b', 'text/html; charset=utf-8')).toBe(true);
  expect(matches('^\\p{Lu}+$', 'ÄÖ')).toBe(true);
  expect(matches('^$', 'x')).toBe(false);
});

it('a pattern that would try for years is given up', () => {
  const startedMs = performance.now();
  expect(matches('^(a+)+$', `${'a'.repeat(60)}!`)).toBe(false);
  // Sixty letters double the time sixty times; any bound will do.
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});
