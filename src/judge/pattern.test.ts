import { expect, it } from 'vitest';
import { matches } from './pattern.js';

it.each([
  ['^text/(plain|html)\\b', 'text/html; charset=utf-8', true],
  ['^\\p{Lu}+$', 'ÄÖ', true],
  ['^$', 'x', false],
  ['b', 'abc', true],
  ['(?i)mcp-session-id', 'MCP-Session-ID', true],
  ['^\\u{1F600}$', '\u{1F600}', true],
  ['^\\u0041$', 'A', true],
  // The end of the text only, not the end of a line.
  ['a$', 'a\n', false],
  ['^(?<year>\\d{4})-', '2025-11-25', true],
] as const)('%s on %j: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

it('a pattern that would make another engine try for years is decided', () => {
  const text = `${'a'.repeat(64 << 10)}!`;
  expect(matches('^(a+)+$', text)).toBe(false);
  expect(matches('^(a|a)*$', text)).toBe(false);
  expect(matches('^(.*a){20}$', text)).toBe(false);
});

it('a pattern that cannot be compiled has passed no loader, and is no answer either', () => {
  expect(() => matches('(?=a)', 'a')).toThrow('(?=');
});
