import { expect, it } from 'vitest';
import { sampleOf } from './sample.js';

it.each([
  ['^[pbs]+$', 'p'],
  ['^\\d{4}-\\d{2}-\\d{2}$', '1111-11-11'],
  ['^(?:north|south)-[0-9]{2,3}$', 'north-11'],
  ['^[A-Z]{2}\\.?[a-z]*$', 'AA'],
  ['^(a(b|c)){2}$', 'abab'],
  ['^\\w+@x$', 'a@x'],
  ['key', 'key'],
])('%s takes %j', (pattern, text) => {
  expect(sampleOf(pattern)).toBe(text);
  expect(text).toMatch(new RegExp(pattern, 'u'));
});

it.each(['^(?=a)a$', '^[^a]$', '^\\p{L}+$', '(a', 'a)', '^a$b', 'a{999}b{999}', '(((((((a)))))))', '\\1'])(
  'nothing is made up for %s',
  (pattern) => {
    expect(sampleOf(pattern)).toBeUndefined();
  },
);
