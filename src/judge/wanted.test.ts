import { expect, test } from 'vitest';
import type { Expectation } from '../model/rule.js';
import { describeExpectation } from './wanted.js';

test.each<[Expectation, string]>([
  [{ result: true, status: [200] }, 'a result, status 200'],
  [{ 'state-count': 1 }, 'state that holds 1 write of its own'],
  [{ 'state-count': 0 }, 'state that holds no write of its own'],
  [{ 'state-count-at-least': 2 }, 'state that holds at least 2 writes of its own'],
  [{ result: { type: 'object', required: ['a', 'b'] } }, 'a result with a, b'],
  [{ result: { type: 'object' } }, 'a result of the form {"type":"object"}'],
  [
    { error: { code: [-32_001], message: 'gone' } },
    'a JSON-RPC error -32001, whose message has "gone" in it',
  ],
  [
    { header: { allow: 'present', 'x-a': { matches: 'b+' } } },
    'a header allow, a header x-a that matches b+',
  ],
  [{ 'session-id': 'absent', body: 'empty' }, 'no session id in the header, no body'],
  [{ messages: 3, stream: false }, 'at least 3 messages, no stream'],
])('what is acceptable is said in plain words: %j', (wanted, says) =>
  expect(describeExpectation(wanted)).toBe(says),
);
