import { describe, expect, it } from 'vitest';
import type { Reply, StreamEvent } from './reply.js';
import { answerClasses, type AnswerClass, type RequestKind } from './profile.js';
import type { Exchange } from './transcript.js';
import { classify } from './classify.js';
import {
  abandoned,
  body,
  empty,
  exchange,
  failure,
  lines,
  opened,
  reset,
  result,
  resultEvent,
  silence,
  stream,
} from '../testing/made.js';

const asked = (kind: RequestKind, reply: Reply): Exchange =>
  exchange('0', reply, { asked: { kind, method: kind === 'request' ? 'tools/list' : kind } });
const initialized = (sent: readonly string[], named: readonly string[]): Exchange =>
  opened('0', 'alice', { named, asked: { session: sent } });
const tools = { tools: [] };
const unknownTool = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  error: { code: -32602, message: 'unknown tool: no_such_word' },
});

const examples = {
  served: [
    asked('request', result(tools)),
    asked('request', stream([resultEvent({ other: 1 }, 2), resultEvent(tools)])),
    asked('request', stream([resultEvent(tools)], 'open')),
    asked('request', body(200, `[${JSON.stringify({ jsonrpc: '2.0', id: 1, result: tools })}]`)),
    // A tool that there is not was looked for.
    exchange('0', body(200, unknownTool), {
      asked: { kind: 'request', method: 'tools/call', nonce: 'word' },
    }),
    asked('get', stream([], 'open')),
    asked('delete', empty(200)),
    asked('notification', empty(200)),
  ],
  error: [
    asked('request', failure(200)),
    asked('request', failure(200, null)),
    asked('notification', failure(200)),
    asked('delete', failure(200)),
    asked('get', failure(200)),
    asked('initialize', failure(200)),
  ],
  accepted: [
    asked('request', empty(202)),
    asked('notification', empty(204)),
    asked('delete', empty(204)),
    asked('get', empty(202)),
    asked('initialize', empty(202)),
  ],
  adopted: [initialized(['«made uuid»'], ['«made uuid»'])],
  'new-session': [initialized(['«made uuid»'], ['«session alice»']), initialized([], ['«session alice»'])],
  'no-session': [initialized(['«made uuid»'], [])],
  '400': [asked('request', empty(400))],
  '401': [asked('get', failure(401))],
  '403': [asked('request', empty(403))],
  '404': [asked('delete', empty(404)), asked('initialize', empty(404))],
  '405': [asked('get', empty(405))],
  '409': [asked('get', empty(409))],
  '4xx': [asked('request', empty(418)), asked('request', empty(499)), asked('request', empty(431))],
  '5xx': [asked('request', empty(500)), asked('request', failure(503)), asked('request', empty(599))],
  'no-answer': [
    asked('request', silence),
    asked('request', stream([], 'aborted')),
    asked('request', stream([], 'open')),
  ],
  dropped: [asked('request', reset)],
  other: [
    asked('request', abandoned),
    asked('request', empty(200)),
    asked('request', body(200, '<html>')),
    asked('request', body(200, '{}')),
    asked('request', result([])),
    asked('request', result('a text')),
    asked('request', result({ content: [] })),
    asked('request', result(tools, 2)),
    asked('request', stream([])),
    asked('request', empty(304)),
    asked('request', empty(100)),
    asked('request', empty(600)),
    asked('get', body(200, 'hello')),
    asked('initialize', result({})),
    asked('initialize', result({ protocolVersion: 1, serverInfo: {} })),
  ],
} satisfies Record<AnswerClass, readonly Exchange[]>;

describe('an answer counts as', () => {
  it.each(answerClasses.flatMap((name) => examples[name].map((one, i) => [name, i, one] as const)))(
    '%s (example %i)',
    (name, _, one) => expect(classify(one)).toBe(name),
  );
});

it('a request in the place of an answer is no answer', () => {
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  expect(classify(asked('request', body(200, ping)))).toBe('other');
});

it('an answer without the version of JSON-RPC is none', () => {
  expect(classify(asked('request', body(200, '{"id":1,"result":{"tools":[]}}')))).toBe('other');
});

it('an id of another type is another id', () => {
  expect(classify(asked('request', result(tools, '1')))).toBe('other');
});

it('a 200 whose body stays away is silence, not an answer', () => {
  const reply: Reply = {
    kind: 'response',
    frame: { carrier: 'http', status: 200, headers: [] },
    content: { kind: 'body', text: '', bytes: 0, end: 'aborted' },
  };
  expect(classify(exchange('0', reply, { asked: { method: 'ping' } }))).toBe('no-answer');
});

const classOf = (kind: RequestKind, ...events: readonly Partial<StreamEvent>[]) =>
  classify(exchange('0', lines(...events), { asked: { kind, method: 'ping' } }));

it('a carrier without a status refuses by its messages', () => {
  const error = { data: JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32001, message: 'no' } }) };
  const note = { data: JSON.stringify({ jsonrpc: '2.0', method: 'note' }) };
  expect(classOf('request', note, resultEvent({}))).toBe('served');
  expect(classOf('request', note, error)).toBe('error');
  expect(classOf('request', note)).toBe('other');
  expect(classOf('notification')).toBe('served');
});
