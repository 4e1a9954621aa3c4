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
    '- { delete: alice, when: [delete], session: { generated: uuid }, judge: { answer: unknown-id } }',
  ],
  [
    'a stream as control of a stream',
    '- { listen: alice, when: [get], name: s, require: { stream: true } }\n- { listen: alice, when: [get], session: none, control: s, judge: { answer: missing-id } }',
  ],
  [
    'an aborted request needs no look',
    '- { send: ping, abort: true }\n- { send: ping, judge: { result: true } }',
  ],
  [
    'one quiet window makes a check',
    '- { listen: alice, when: [get], name: s, require: { stream: true } }\n- { quiet: s, for-ms: 100 }',
  ],
  ['an actor that opens once more', '- { open: alice, judge: { session-id: present } }'],
  ['a schema of the result', '- { send: ping, judge: { result: { type: object, required: [tools] } } }'],
];

const right: readonly (readonly [what: string, steps: string])[] = [
  [
    'a value that is used later, in its own iteration and behind it',
    [
      '- { send: ping, save: { word: \'result._meta["mcp/session"]\' } }',
      "- { send: ping, headers: { x: '${word}' }, session: { text: 'a-${word}' }, judge: { contains: '${word}' } }",
      '- { repeat: 3, do: [{ send: ping, save: { id: headers.x-request-id } }, { send: ping, params: { id: "${id}" }, judge: { lacks: "${id}", answered: true } }] }',
      "- { send: ping, judge: { error: { code: [-32602, -32000], message: '${id}' } }, control: p }",
      '- { send: ping, name: p, require: { result: true } }',
    ].join('\n'),
  ],
  [
    'a fresh word that is asked for',
    "- { send: ping, nonce: true, params: { word: '${nonce}' }, judge: { contains: '${nonce}' } }",
  ],
  [
    'a probe whose fact stands around it',
    '- { repeat: 2, when: [echo], do: [{ send: probe.echo, judge: { echoes: true } }] }',
  ],
  [
    'a DELETE that may be refused with 405',
    '- { delete: alice, judge: [{ if: { status: 2xx }, then: pass }, { if: { status: 405 }, then: unspecified }] }',
  ],
  [
    'a GET that is only seen',
    '- { listen: alice, observe: true }\n- { send: ping, judge: { result: true } }',
  ],
  [
    'a tool that fails',
    '- { send: tools/call, params: { name: x }, name: p, require: { tool: ok } }\n- { send: tools/call, params: { name: y }, control: p, judge: { tool: error, contains: [a, b] } }',
  ],
  [
    'an absence behind a grade for silence',
    '- { send: ping, name: p, require: { result: true } }\n- { send: ping, control: p, judge: [{ if: { answered: false }, then: unclear }, { if: { result: false }, then: pass }, { if: { result: true }, then: fail }] }',
  ],
  [
    'nothing on a stream that is alive later',
    '- { listen: alice, when: [get], name: s, require: { stream: true } }\n- { await: s, until: event, judge: { came: false }, reason: stray-message }\n- { await: s, until: event, require: true }',
  ],
];

describe('what is right passes', () => {
  it.each([...fine, ...right])('%s', (_, steps) => {
    expect(lint(suiteWith(`- open: alice\n${steps}`))).toEqual([]);
  });
});
