import { describe, expect, it } from 'vitest';
import type { InvariantName } from '../model/statement.js';
import type { Exchange } from '../model/transcript.js';
import { builtIn, checkOf } from '../testing/check.js';
import { judge } from './judge.js';
import {
  abandoned,
  alive,
  body,
  empty,
  exchange,
  failure,
  stream,
  opened,
  reset,
  result,
  resultEvent,
  silence,
  transcript,
} from '../testing/made.js';

function verdictOf(holds: InvariantName, atLeast: number, entries: readonly Exchange[]): string {
  const check = checkOf({
    steps: '- open: alice\n- { send: ping, group: seen }',
    invariants: `- { holds: ${holds}, over: seen, at-least: ${atLeast} }`,
  });
  const { verdict } = judge(check, transcript(entries), builtIn.profiles.spec, { needsMet: [] });
  return [verdict.kind, ...('reason' in verdict ? [verdict.reason] : [])].join(' ');
}

const group = 'seen';
const alice = (text: string) => exchange('1', body(200, text), { group, asked: { nonce: 'nonce-of-alice' } });
const bob = (text: string) =>
  exchange('1', body(200, text), { group, actor: 'bob', asked: { nonce: 'nonce-of-bob' } });
const good = [alice('you said nonce-of-alice'), bob('you said nonce-of-bob')];

describe('each reply matches its request', () => {
  const name = 'each-reply-matches-its-request';
  it('when each repeats its own nonce', () => expect(verdictOf(name, 2, good)).toBe('pass'));
  it('unless one repeats the nonce of another', () => {
    expect(verdictOf(name, 2, [alice('you said nonce-of-bob'), bob('')])).toBe('fail crossed-reply');
    expect(verdictOf(name, 2, [...good, alice('nonce-of-alice and nonce-of-bob')])).toBe(
      'fail crossed-reply',
    );
  });
  it('unless a result is that of another method', () => {
    const crossed = exchange('1', result({ tools: [] }), { group, asked: { method: 'ping' } });
    expect(verdictOf(name, 1, [crossed])).toBe('fail crossed-reply');
  });
  it('unless it has an id of which no request is known', () => {
    const stranger = exchange('1', result({}, '1'), { group, asked: { method: 'ping', rpcId: 1 } });
    expect(verdictOf(name, 1, [stranger])).toBe('fail wrong-rpc-id');
  });
  it('unless it has the id of another request', () => {
    const other = exchange('1', silence, { group, actor: 'bob', asked: { rpcId: 99 } });
    const crossed = exchange('1', result({}, 99), { group, asked: { method: 'ping', rpcId: 1 } });
    expect(verdictOf(name, 1, [crossed, other])).toBe('fail crossed-reply');
  });
  it('unless a resumed stream brings the answer to another request', () => {
    const resumed = exchange('1', stream([resultEvent({}, 2)]), {
      group,
      asked: { kind: 'get', resumes: 1 },
    });
    expect(verdictOf(name, 1, [resumed])).toBe('fail wrong-rpc-id');
  });
  it('which an error or silence does not tell', () => {
    for (const reply of [failure(200), failure(404), empty(500), silence])
      expect(verdictOf(name, 1, [exchange('1', reply, { group, afterwards: alive })])).toBe(
        'inconclusive too-few',
      );
  });
  it('which too few examples do not show', () =>
    expect(verdictOf(name, 3, good)).toBe('inconclusive too-few'));
  it('where exchanges of another record do not count', () => {
    const other = good.map((one): Exchange => ({ ...one, group: 'other' }));
    expect(verdictOf(name, 1, other)).toBe('inconclusive too-few');
  });
});

describe('every request is answered', () => {
  const name = 'every-request-is-answered';
  it('by any content', () => expect(verdictOf(name, 2, [...good, alice('')])).toBe('pass'));
  it('but not by silence or a dropped connection', () => {
    expect(verdictOf(name, 1, [...good, exchange('1', silence, { group, afterwards: alive })])).toBe(
      'fail no-answer',
    );
    expect(verdictOf(name, 1, [...good, exchange('1', reset, { group, afterwards: alive })])).toBe(
      'fail dropped',
    );
  });
  it('which a lost target leaves open', () => {
    expect(verdictOf(name, 1, [...good, exchange('1', silence, { group, afterwards: reset })])).toBe(
      'inconclusive target-lost',
    );
  });
});

describe('no server error', () => {
  it('holds until one comes', () => {
    expect(verdictOf('no-server-error', 2, good)).toBe('pass');
    expect(verdictOf('no-server-error', 2, [...good, exchange('1', empty(502), { group })])).toBe(
      'fail server-error',
    );
  });
});

describe('no foreign id', () => {
  const name = 'no-foreign-id';
  const both = [opened('0', 'alice', { group }), opened('0', 'bob', { group })];
  it('holds when each is told its own id', () => {
    expect(
      verdictOf(name, 1, [...both, exchange('1', empty(200), { group, named: ['«session alice»'] })]),
    ).toBe('pass');
  });
  it('is broken by a header and by a body', () => {
    const linked = empty(200, [['Link', '<https://host.test/«session bob»>; rel="next"']]);
    for (const told of [{ named: ['«session bob»'] }, { mentions: ['«session bob»'] }, { reply: linked }])
      expect(verdictOf(name, 1, [...both, exchange('1', empty(200), { group, ...told })])).toBe(
        'fail leaked-id',
      );
  });
  it('is not shown by requests without an answer', () => {
    expect(verdictOf(name, 1, [...both, exchange('1', abandoned, { group })])).toBe('inconclusive too-few');
  });
});

describe('served only before the end', () => {
  const name = 'served-only-before-the-end';
  const ended = exchange('1', empty(200), {
    group,
    asked: { kind: 'delete' },
    startedMs: 100,
    settledMs: 110,
  });
  const at = (startedMs: number, status: number) =>
    exchange('1', status === 200 ? result({}) : failure(status), {
      group,
      startedMs,
      settledMs: startedMs + 1,
    });
  it('lets a request be served that began before the end was told', () => {
    expect(verdictOf(name, 1, [at(90, 200), ended, at(105, 200), at(120, 404)])).toBe('pass');
  });
  it('is broken by one served later', () => {
    expect(verdictOf(name, 1, [at(90, 200), ended, at(111, 200)])).toBe('fail session-still-usable');
  });
  it('counts only what came after the end', () => {
    expect(verdictOf(name, 1, [at(90, 200), ended])).toBe('inconclusive too-few');
  });
  it('says nothing of other sessions, nor of a DELETE that was refused', () => {
    const other = exchange('1', result({}), {
      group,
      asked: { session: ['«session bob»'] },
      startedMs: 200,
      settledMs: 201,
    });
    const refused = exchange('1', empty(405), {
      group,
      asked: { kind: 'delete' },
      startedMs: 100,
      settledMs: 110,
    });
    expect(verdictOf(name, 1, [ended, other])).toBe('inconclusive too-few');
    expect(verdictOf(name, 1, [refused, at(120, 200)])).toBe('inconclusive too-few');
  });
});
