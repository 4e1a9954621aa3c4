import { describe, expect, it } from 'vitest';
import type { Json } from '../model/request.js';
import type { Reply } from '../model/reply.js';
import { mark } from '../model/probe.js';
import type { Expectation } from '../model/rule.js';
import type { Exchange } from '../model/transcript.js';
import { meets } from './meets.js';
import {
  abandoned,
  body,
  empty,
  exchange,
  failure,
  lines,
  reset,
  result,
  resultEvent,
  silence,
  stream,
} from '../testing/made.js';

interface Examples<K extends keyof Expectation> {
  /** Values of the predicate with exchanges that do what they say, and with others that do not. */
  readonly good: readonly (readonly [NonNullable<Expectation[K]>, Exchange])[];
  readonly bad: readonly (readonly [NonNullable<Expectation[K]>, Exchange])[];
}

const nothing = [silence, reset, abandoned].map((reply) => exchange('0', reply));
const own = '«session alice»';
const naming = (...named: readonly string[]): Exchange => exchange('0', empty(200), { named });
const silentFor = <V>(wanted: V): readonly (readonly [V, Exchange])[] =>
  nothing.map((one) => [wanted, one] as const);
const text = (words: string): Exchange => exchange('0', result({ content: [{ type: 'text', text: words }] }));
const counting = (shows: 'number' | 'number-with-read' | 'marks', words: string): Exchange =>
  exchange('0', result({ content: [{ type: 'text', text: words }] }), { asked: { shows } });
const said = (words: string): Exchange => exchange('0', body(200, words), { asked: { nonce: 'abc123' } });

const called = (value: Json): Exchange => exchange('0', result(value), { asked: { method: 'tools/call' } });
const failed = (words: string): Exchange =>
  called({ content: [{ type: 'text', text: words }], isError: true });
/** The head came in time, the answer did not. */
const withheld = exchange('0', stream([], 'aborted'));
const meaning = (values: Readonly<Record<string, string>>, reply: Reply): Exchange =>
  exchange('0', reply, { asked: { values } });

const examples = {
  status: {
    good: [
      [[200], exchange('0', empty(200))],
      [[400, 404], exchange('0', empty(404))],
      [['2xx'], exchange('0', empty(202))],
      [['4xx', 500], exchange('0', empty(499))],
      [['2xx'], exchange('0', lines())],
    ],
    bad: [
      [[200], exchange('0', empty(201))],
      [[202, '4xx'], exchange('0', lines())],
      [['4xx'], exchange('0', empty(500))],
      ...silentFor<readonly (number | '5xx')[]>([200, '5xx']),
    ],
  },
  result: {
    good: [
      [true, exchange('0', result({}))],
      [true, exchange('0', stream([resultEvent({})]))],
      [false, exchange('0', failure(200))],
      [false, exchange('0', result({ content: [] }))],
      [false, exchange('0', empty(202))],
      [true, called({ content: [] })],
      [{ type: 'object', required: ['a'] }, exchange('0', result({ a: 1 }))],
    ],
    bad: [
      [true, exchange('0', failure(200))],
      [true, exchange('0', result({}, 2))],
      [true, exchange('0', result({ tools: [] }))],
      [{ type: 'object', required: ['a'] }, exchange('0', result({ b: 1 }))],
      [{ type: 'object' }, exchange('0', failure(200))],
      // What a tool says of its failure is no success, and not the absence of an answer either.
      [true, failed('no such notebook')],
      [false, failed('no such notebook')],
      [{ type: 'object' }, failed('no such notebook')],
      [false, exchange('0', result({}))],
      [false, withheld],
      ...silentFor(false),
      ...silentFor(true),
    ],
  },
  error: {
    good: [
      [true, exchange('0', failure(400))],
      [true, exchange('0', failure(404, null))],
      [false, exchange('0', result({}))],
      [{ code: [-32000] }, exchange('0', failure(400))],
      [{ code: [1, -32000], message: 'no' }, exchange('0', failure(400))],
      [{ message: { matches: '^n.$' } }, exchange('0', failure(400))],
      [{ message: '${word}' }, meaning({ word: 'no' }, failure(400))],
    ],
    bad: [
      [{ code: [-32001] }, exchange('0', failure(400))],
      [{ message: 'yes' }, exchange('0', failure(400))],
      [{ message: { matches: '^o' } }, exchange('0', failure(400))],
      [{ message: '${word}' }, exchange('0', failure(400))],
      [{ code: [-32000] }, exchange('0', result({}))],
      [false, withheld],
      ...silentFor(false),
      ...silentFor({ message: '' }),
      [true, exchange('0', failure(400, 9))],
      [true, exchange('0', result({}))],
      [false, exchange('0', failure(400))],
      ...silentFor(true),
    ],
  },
  tool: {
    good: [
      ['ok', called({ content: [] })],
      ['ok', called({ content: [], isError: false })],
      ['error', failed('no such notebook')],
    ],
    bad: [
      ['ok', failed('no such notebook')],
      ['ok', called({ tools: [] })],
      ['ok', exchange('0', result({}))],
      ['error', called({ content: [] })],
      ['error', exchange('0', failure(200), { asked: { method: 'tools/call' } })],
      ['error', exchange('0', result({ isError: true }))],
      ...silentFor('ok' as const),
      ...silentFor('error' as const),
    ],
  },
  contains: {
    good: [
      [['alice'], text('it is alice')],
      [['a "word"'], text('a "word" in quotes')],
      [['one', 'two'], exchange('0', stream([{ data: 'one' }, { data: 'two' }], 'open'))],
      [['plain'], exchange('0', body(404, 'plain text'))],
      [['${word}'], meaning({ word: 'abc' }, body(200, 'xabcx'))],
    ],
    bad: [
      [['alice'], text('it is bob')],
      [['one', 'two'], text('one')],
      [['${word}'], exchange('0', body(200, '${word}'))],
      [['${word}'], meaning({ word: 'abc' }, body(200, '${word}'))],
      ...silentFor(['']),
    ],
  },
  lacks: {
    good: [
      [['alice'], text('it is bob')],
      [['alice', 'carol'], exchange('0', empty(404))],
      [['alice'], exchange('0', stream([{ data: 'bob' }], 'open'), { asked: { kind: 'get' } })],
      [['${word}'], meaning({ word: 'abc' }, body(200, 'ab'))],
    ],
    bad: [
      [['alice'], text('it is alice')],
      [['carol', 'alice'], text('it is alice')],
      [['a "word"'], text('a "word" in quotes')],
      [['${word}'], text('the name stands for nothing')],
      [['alice'], withheld],
      // A stream that shows no life has not left anything out.
      [['alice'], exchange('0', stream([], 'open'), { asked: { kind: 'get' } })],
      ...silentFor(['alice']),
    ],
  },
  body: {
    good: [['empty', exchange('0', empty(202))]],
    bad: [
      ['empty', exchange('0', body(202, ' '))],
      ['empty', exchange('0', stream([]))],
      ...silentFor('empty' as const),
    ],
  },
  stream: {
    good: [
      [true, exchange('0', stream([], 'open'))],
      [false, exchange('0', empty(200))],
    ],
    bad: [[true, exchange('0', empty(200))], [false, exchange('0', stream([]))], ...silentFor(true)],
  },
  'session-id': {
    good: [
      ['present', naming('a', 'b')],
      ['absent', naming()],
      ['single', naming('a')],
      ['own', naming(own)],
      ['own', naming(own, own)],
      ['absent-or-own', naming()],
      ['absent-or-own', naming(own)],
      ['not-sent', naming()],
      ['not-sent', naming('a')],
    ],
    bad: [
      ['present', naming()],
      ['absent', naming('a')],
      ['single', naming()],
      ['single', naming('a', 'a')],
      ['own', naming()],
      ['own', naming('a')],
      ['own', naming(own, 'a')],
      ['absent-or-own', naming('a')],
      ['not-sent', naming(own)],
      ...(['present', 'absent', 'single', 'own', 'absent-or-own', 'not-sent'] as const).flatMap((wanted) =>
        silentFor(wanted),
      ),
    ],
  },
  header: {
    good: [
      [{ allow: 'present' }, exchange('0', empty(405, [['Allow', 'POST']]))],
      [{ allow: 'absent' }, exchange('0', empty(405))],
      [{ allow: { matches: '^POST' } }, exchange('0', empty(405, [['ALLOW', 'POST, GET']]))],
      [
        { 'content-type': { matches: '^application/json$' } },
        exchange('0', empty(200, [['Content-Type', 'Application/JSON; Charset=UTF-8']])),
      ],
    ],
    bad: [
      [{ allow: 'present' }, exchange('0', empty(405))],
      [{ allow: 'absent' }, exchange('0', empty(405, [['Allow', '']]))],
      [
        { allow: { matches: '^POST' } },
        exchange(
          '0',
          empty(405, [
            ['Allow', 'POST'],
            ['allow', 'GET'],
          ]),
        ),
      ],
      [{ allow: { matches: '' } }, exchange('0', empty(405))],
      [{ allow: 'absent' }, exchange('0', lines())],
      ...silentFor({ allow: 'absent' as const }),
    ],
  },
  equals: {
    good: [
      [{ 'result.id': 'a', 'result.cookie': null }, exchange('0', result({ id: 'a', cookie: null }))],
      [
        { 'result.cookie': { at: 'result.same' } },
        exchange('0', result({ cookie: { a: 1, b: 2 }, same: { b: 2, a: 1 } })),
      ],
      [
        { 'result.id': 'say ${word}' },
        exchange('0', result({ id: 'say this' }), { asked: { values: { word: 'this' } } }),
      ],
      [
        { 'result.cookie': '${cookie}' },
        exchange('0', result({ cookie: { b: 2, a: 1 } }), { asked: { values: { cookie: '{"a":1,"b":2}' } } }),
      ],
      [
        { 'error.code': -32002 },
        exchange(
          '0',
          body(200, JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32002, message: 'x' } })),
        ),
      ],
    ],
    bad: [
      [{ 'result.id': 'a' }, exchange('0', result({ id: 'b' }))],
      [{ 'result.id': '1' }, exchange('0', result({ id: 2 }))],
      [{ 'result.cookie': null }, exchange('0', result({}))],
      [{ 'result.cookie': { at: 'result.same' } }, exchange('0', result({ same: 1 }))],
      [{ 'result.id': '${word}' }, exchange('0', result({ id: '${word}' }))],
      ...silentFor({ 'result.id': 'a' }),
    ],
  },
  echoes: {
    good: [
      [true, said('it says abc123')],
      [false, said('it says nothing')],
    ],
    bad: [
      [true, said('abc12')],
      [false, said('abc123')],
      [true, text('abc123')],
      ...silentFor(true),
      ...silentFor(false),
    ],
  },
  'state-count': {
    good: [
      [3, counting('number', 'count is 3')],
      [2, counting('number-with-read', '3')],
      [2, counting('marks', `${mark}a, ${mark}b`)],
      [0, counting('marks', 'none')],
    ],
    bad: [
      [3, counting('number', 'count is 4')],
      [0, counting('number', 'no number')],
      // Nothing was read there, so nothing is shown.
      [0, exchange('0', failure(404), { asked: { shows: 'marks' } })],
      [
        0,
        exchange('0', result({ content: [], isError: true }), {
          asked: { shows: 'marks', method: 'tools/call' },
        }),
      ],
      ...silentFor(0),
    ],
  },
  'state-count-at-least': {
    good: [
      [2, counting('number', '3')],
      [3, counting('number', '3')],
    ],
    bad: [[4, counting('number', '3')], [0, counting('number', 'none')], ...silentFor(0)],
  },
  mentions: {
    good: [['own-session', exchange('0', empty(200), { mentions: ['x', own] })]],
    bad: [
      ['own-session', exchange('0', empty(200), { mentions: ['x'] })],
      ...silentFor('own-session' as const),
    ],
  },
  messages: {
    good: [
      [2, exchange('0', stream([{ data: 'a' }, { data: 'b' }]))],
      [1, exchange('0', stream([{ data: 'a' }, { data: 'b' }], 'open'))],
    ],
    bad: [
      [2, exchange('0', stream([{ data: 'a' }, { id: '1', data: '' }]))],
      [1, exchange('0', body(200, 'a'))],
      ...silentFor(1),
    ],
  },
  'begins-with-id-event': {
    good: [
      [true, exchange('0', stream([{ id: '1', data: '' }, { data: 'x' }]))],
      [false, exchange('0', stream([{ id: '1', data: 'x' }]))],
      ...silentFor(false),
    ],
    bad: [
      [true, exchange('0', stream([{ data: '' }]))],
      [true, exchange('0', stream([]))],
      [true, exchange('0', empty(200))],
      ...silentFor(true),
    ],
  },
  answered: {
    good: [
      [true, exchange('0', stream([], 'aborted'))],
      [true, exchange('0', empty(500))],
      ...silentFor(false),
    ],
    bad: [[false, exchange('0', empty(500))], ...silentFor(true)],
  },
  idle: {
    good: [
      [true, exchange('0', failure(404), { asked: { idle: true } })],
      [false, exchange('0', failure(404))],
    ],
    bad: [
      [true, exchange('0', failure(404))],
      [false, exchange('0', failure(404), { asked: { idle: true } })],
    ],
  },
  ended: {
    good: [
      [true, exchange('0', stream([], 'complete'))],
      [true, exchange('0', stream([], 'truncated'))],
      [false, exchange('0', stream([], 'open'))],
      ...silentFor(false),
    ],
    bad: [
      [true, exchange('0', stream([], 'open'))],
      [true, exchange('0', stream([], 'aborted'))],
      ...silentFor(true),
    ],
  },
} satisfies { readonly [K in keyof Required<Expectation>]: Examples<K> };

type Pairs = readonly (readonly [unknown, Exchange])[];
const table = Object.entries(examples).flatMap(([name, { good, bad }]) =>
  Object.entries<Pairs>({ good, bad }).flatMap(([side, pairs]) =>
    pairs.map(([wanted, one], i) => ({
      name,
      expectation: { [name]: wanted } as Expectation,
      one,
      which: `${side} ${i}, ${JSON.stringify(wanted)}`,
      holds: side === 'good',
    })),
  ),
);

describe('the predicate', () => {
  it.each(table)('$name tells apart ($which)', ({ expectation, one, holds }) => {
    expect(meets(expectation, one)).toBe(holds);
  });
});

it('everything that is named must hold', () => {
  const refused = exchange('0', failure(404));
  expect(meets({ status: [404], error: true }, refused)).toBe(true);
  expect(meets({ status: [404], error: false }, refused)).toBe(false);
  expect(meets({ status: [400], error: true }, refused)).toBe(false);
});
