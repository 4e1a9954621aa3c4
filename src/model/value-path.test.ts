import { expect, it } from 'vitest';
import { readPath, valueAt } from './value-path.js';

it.each([
  ['result', 'result', []],
  ['result._meta["mcp/session"]', 'result', ['_meta', 'mcp/session']],
  ['result.content[0].text', 'result', ['content', 0, 'text']],
  ['result["a\\"]b"]', 'result', ['a"]b']],
  ['error.data.retry-after', 'error', ['data', 'retry-after']],
  ['headers.x-request-id', 'headers', ['x-request-id']],
  ['headers["x.y"]', 'headers', ['x.y']],
  ['events[2].id', 'events', [2, 'id']],
] as const)('%s is a place', (text, root, keys) => {
  expect(readPath(text)).toEqual({ text, root, keys });
});

it.each([
  '',
  'reslt.a',
  'results',
  'result.',
  'result..a',
  'result[a]',
  'result[-1]',
  "result['a']",
  'result["a]',
  'result["\\x"]',
  'result.a b',
  'headers',
  'headers.a.b',
  'headers[0]',
  'events[0]',
  'events[0].data',
  'events.id',
  'status',
])('%j is none', (text) => {
  expect(readPath(text)).toBeUndefined();
});

it('leads to what an answer has of its own', () => {
  const value = { a: [{ b: 1 }], 'c/d': null };
  expect(valueAt(value, ['a', 0, 'b'])).toBe(1);
  expect(valueAt(value, ['c/d'])).toBeNull();
  expect(valueAt(value, ['constructor'])).toBeUndefined();
  expect(valueAt(value, ['a', 1, 'b'])).toBeUndefined();
  expect(valueAt(value, ['a', 'length'])).toBeUndefined();
  expect(valueAt(undefined, [])).toBeUndefined();
});
