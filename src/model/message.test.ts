import { describe, expect, it } from 'vitest';
import type { Content, Reply } from './reply.js';
import {
  answerTo,
  firstText,
  isAnsweredBy,
  isToolError,
  messagesIn,
  messagesOf,
  negotiatedIn,
  saysSomething,
  unread,
} from './message.js';
import { formOf, promised } from './form.js';

const response = (id: unknown, rest: object = { result: {} }): string =>
  JSON.stringify({ jsonrpc: '2.0', id, ...rest });

function body(text: string, type?: string): Reply {
  const content: Content = { kind: 'body', text, bytes: text.length, end: 'complete' };
  const headers = type === undefined ? [] : [['content-TYPE', type] as const];
  return { kind: 'response', frame: { carrier: 'http', status: 200, headers }, content };
}

function stream(...data: readonly string[]): Reply {
  const events = data.map((one, index) => ({ atMs: index, data: one, id: `e${index}` }));
  return {
    kind: 'response',
    frame: { carrier: 'http', status: 200, headers: [] },
    content: { kind: 'stream', events, end: 'open' },
  };
}

describe('the messages of a reply', () => {
  it('say where and when they came, members of a batch one by one', () => {
    const batch = `[${response(1)},{"jsonrpc":"2.0","method":"note"}]`;
    expect(messagesIn(body(batch))).toMatchObject([
      { kind: 'response', id: 1, origin: 'body' },
      { kind: 'notification', method: 'note', origin: 'body' },
    ]);
    expect(messagesIn(stream('', '{"jsonrpc":"2.0","id":"a","method":"ping"}'))).toEqual([
      {
        kind: 'request',
        id: 'a',
        method: 'ping',
        origin: 'stream',
        eventId: 'e1',
        atMs: 1,
        value: { jsonrpc: '2.0', id: 'a', method: 'ping' },
      },
    ]);
  });

  it('are none where nothing came, or no JSON', () => {
    expect(messagesIn(undefined)).toEqual([]);
    expect(messagesIn({ kind: 'timeout', afterMs: 1 })).toEqual([]);
    expect(messagesIn(body('<html>'))).toEqual([]);
    expect(messagesIn(body('7'))).toMatchObject([{ kind: 'other', value: 7 }]);
  });

  it('of an event are read once, however often a stream that grows is looked at', () => {
    const many = stream(...Array.from({ length: 3_000 }, (_, index) => response(index)));
    const events = many.kind === 'response' && many.content.kind === 'stream' ? many.content.events : [];
    const [first] = events;
    const read = first && messagesOf(first);
    for (let length = 1; length < 100; length += 1) {
      const grown = {
        ...many,
        content: { kind: 'stream' as const, events: events.slice(0, length), end: 'open' as const },
      };
      expect(messagesIn(grown as Reply)[0]).toBe(read?.[0]);
    }
  });
});

describe('the answer to a request', () => {
  it.each([
    ['the same id', 1, response(1), true],
    ['a number where a text was sent', '1', response(1), false],
    ['a text where a number was sent', 1, response('1'), false],
    ['another id', 1, response(2), false],
    ['an error that could not tell the id', 1, response(null, { error: { code: -1, message: '' } }), true],
    ['a result that names no id', 1, response(null), false],
    ['a request of the server with the same id', 1, response(1, { method: 'ping' }), false],
    ['no version', 1, '{"id":1,"result":{}}', false],
    ['an error that is none', 1, response(1, { error: 'no' }), false],
    ['a member of a batch', 1, `[${response(2)},${response(1)}]`, true],
    ['a tool that speaks of a method', 1, response(1, { result: { said: '{"method":"ping"}' } }), true],
    ['an escaped key', 1, '{"jsonrpc":"2.0","\\u0069d":1,"result":{}}', true],
  ])('has its id and type: %s', (_, id, text, wanted) => {
    expect(answerTo(body(text), id) !== undefined).toBe(wanted);
    expect(isAnsweredBy({ atMs: 0, data: text }, id)).toBe(wanted);
  });

  it('is any response where the request has no id', () => {
    expect(answerTo(stream('{"method":"note"}', response('x')), undefined)).toMatchObject({ id: 'x' });
  });
});

it('the revision is what an InitializeResult names, and fits a header field', () => {
  const says = (protocolVersion: unknown) => body(response(1, { result: { protocolVersion } }));
  expect(negotiatedIn(says('2025-06-18'))).toBe('2025-06-18');
  expect(negotiatedIn(says('2025\n'))).toBeUndefined();
  expect(negotiatedIn(says('x'.repeat(41)))).toBeUndefined();
  expect(negotiatedIn(says(2025))).toBeUndefined();
  expect(negotiatedIn(body('{"method":"x","params":{"result":{"protocolVersion":"1"}}}'))).toBeUndefined();
});

it('a media type is told without case and parameters, and apart from what the body is', () => {
  expect(promised(body('', 'Application/JSON; Charset=UTF-8'))).toBe('json');
  expect(promised(body('', 'text/event-stream;x=y'))).toBe('event-stream');
  expect(promised(body('', 'text/html'))).toBe('other');
  expect(promised(body(''))).toBe('nothing');
  expect([body('{}'), body('data: x\n\n'), body('<p>'), body(''), stream('x'), stream()].map(formOf)).toEqual(
    ['json', 'event-stream', 'other', 'nothing', 'event-stream', 'nothing'],
  );
});

it('an event says something unless it only carries an id, or pings', () => {
  const texts = ['', '{"id":1,"method":"ping"}', 'x', response(1)];
  expect(texts.map((data) => saysSomething({ atMs: 0, data }))).toEqual([false, false, true, true]);
  const named = (event: string) => texts.map((data) => saysSomething({ atMs: 0, data, event }));
  expect(named('message')).toEqual([false, false, true, true]);
  expect(named('ping')).toEqual([false, false, false, true]);
});

it('a result tells its first text, and whether the tool failed', () => {
  const result = { content: [{ type: 'image' }, { type: 'text', text: 'one' }, { text: 'two' }] };
  expect(firstText(result)).toBe('one');
  expect([result, { isError: true }, undefined].map(isToolError)).toEqual([false, true, false]);
});

const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const deep = (id: number) => `{"jsonrpc":"2.0","id":${id},"result":{"nested":${nested}}}`;

describe('an answer that nests deeper than it is read', () => {
  it('has no messages, and is unread', () => {
    expect(messagesIn(body(deep(1)))).toEqual([]);
    expect(unread(body(deep(1)))).toBe('limit-reached');
    expect(unread(body(response(1)))).toBeUndefined();
    expect(formOf(body(deep(1)))).toBe('json');
  });

  it('does not hide the other events of its stream', () => {
    const mixed = stream(deep(1), response(2));
    expect(answerTo(mixed, 2)).toBeDefined();
    expect(answerTo(mixed, 1)).toBeUndefined();
    expect(unread(mixed)).toBe('limit-reached');
  });
});
