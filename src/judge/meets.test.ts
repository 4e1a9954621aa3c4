import { describe, expect, it } from 'vitest';
import { mark } from '../model/mark.js';
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
      [{ type: 'object', required: ['a'] }, exchange('0', result({ a: 1 }))],
    ],
    bad: [
      [true, exchange('0', failure(200))],
      [true, exchange('0', result({}, 2))],
      [true, exchange('0', result({ tools: [] }))],
      [{ type: 'object', required: ['a'] }, exchange('0', result({ b: 1 }))],
      [{ type: 'object' }, exchange('0', failure(200))],
      ...silentFor(true),
    ],
  },
  error: {
    good: [
      [true, exchange('0', failure(400))],
      [true, exchange('0', failure(404, null))],
      [false, exchange('0', result({}))],
    ],
    bad: [
      [true, exchange('0', failure(400, 9))],
      [true, exchange('0', result({}))],
      [false, exchange('0', failure(400))],
      ...silentFor(true),
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
  echoes: {
    good: [
      [true, said('it says abc123')],
      [false, said('it says nothing')],
    ],
    bad: [[true, said('abc12')], [false, said('abc123')], [true, text('abc123')], ...silentFor(true)],
  },
  'state-count': {
    good: [
      [3, counting('number', 'count is 3')],
      [2, counting('number-with-read', '3')],
      [2, counting('marks', `${mark}a, ${mark}b`)],
      [0, counting('marks', 'none')],
    ],
    bad: [[3, counting('number', 'count is 4')], [0, counting('number', 'no number')], ...silentFor(0)],
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
