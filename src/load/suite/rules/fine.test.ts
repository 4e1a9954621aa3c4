import { describe, expect, it } from 'vitest';
import { lint, suiteWith } from '../../testing/lint.js';

const fine: readonly (readonly [what: string, steps: string])[] = [
  [
    'a stranger who sends the id of somebody else',
    '- { send: ping, as: eve, session: alice, judge: { result: true } }',
  ],
  ['a stranger who initializes', '- { send: initialize, as: eve, judge: { result: true } }'],
  [
    'an actor of an iteration',
    "- { repeat: 3, do: [{ open: 'c-${i}', judge: { result: true } }, { send: ping, as: 'c-${i}', session: c-2, require: { result: true } }] }",
  ],
  [
    'an initialize with an opened actor as its control',
    '- { send: initialize, session: none, control: alice, judge: { status: 400 } }',
  ],
  [
    'a notification with a post as its control',
    '- { post: { jsonrpc: "2.0", method: x }, name: p, require: { status: 2xx } }\n- { notify: x, session: none, control: p, judge: { answer: missing-id } }',
  ],
  [
    'a raw request with a request as its control',
    "- { send: ping, name: p, require: { result: true } }\n- { raw: 'POST ${path} HTTP/1.1', control: p, judge: { status: 400 } }",
  ],
  [
    'a DELETE that may succeed needs no control',
    '- { delete: alice, session: { generated: uuid }, judge: { answer: unknown-id } }',
  ],
  [
    'a stream as control of a stream',
    '- { listen: alice, name: s, require: { stream: true } }\n- { listen: alice, session: none, control: s, judge: { answer: missing-id } }',
  ],
  [
    'an aborted request needs no look',
    '- { send: ping, abort: true }\n- { send: ping, judge: { result: true } }',
  ],
  [
    'one quiet window makes a check',
    '- { listen: alice, name: s, require: { stream: true } }\n- { quiet: s, for-ms: 100 }',
  ],
  ['an actor that opens once more', '- { open: alice, judge: { session-id: present } }'],
  ['a schema of the result', '- { send: ping, judge: { result: { type: object, required: [tools] } } }'],
];

describe('what is right passes', () => {
  it.each(fine)('%s', (_, steps) => {
    expect(lint(suiteWith(`- open: alice\n${steps}`))).toEqual([]);
  });
});
