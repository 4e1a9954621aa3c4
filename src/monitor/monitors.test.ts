import { describe, expect, it } from 'vitest';
import type { Reply } from '../model/reply.js';
import { monitorNames } from '../model/statement.js';
import { body, empty, failure, result, resultEvent, stream } from '../testing/made.js';
import { noticesAreAccepted } from './accepted.js';
import { answersMatch } from './answers.js';
import { bodiesAreAsPromised } from './bodies.js';
import { endedIsOver } from './ended.js';
import { noServerErrors } from './errors.js';
import { idsAreIssuedOnce, idsStaySecret } from './ids.js';
import { carriedOutOnce } from './once.js';
import { revisionHolds } from './revision.js';
import { stateIsOwn } from './state.js';
import { statements } from './table.js';
import { seenBy, told } from '../testing/history.js';
import { wordsStay } from './words.js';

const pong = result({});
const two = () => {
  const run = told();
  run.open('alice', 1);
  run.open('bob', 2);
  return run;
};

const said = (...words: readonly string[]) => result({ content: [{ type: 'text', text: words.join(' ') }] });
const called = (nonce: string) => ({ asked: { method: 'tools/call', nonce } });
const counted = (n: number) => said(`count: ${n}`);
const write = (changes = {}) => ({ asked: { method: 'tools/call', shows: 'number' } as const, ...changes });
/** What each write adds two of. */
const shows = (...items: readonly string[]) =>
  result({ content: [], kept: items.flatMap((item) => [item, item]) });
/** A use of a counter that shows so much. */
const count = (run: ReturnType<typeof told>, who: string, n: number, changes = {}) =>
  run.ask(who, counted(n), {
    asked: { method: 'tools/call', shows: 'number', nonce: `n${who}${n}` },
    ...changes,
  });
const overlapping = (second: number, third: number) => {
  const run = told();
  run.open('alice', 1);
  run.ask('alice', counted(1), write());
  run.ask('alice', counted(second), write({ startedMs: 1000, settledMs: 1010 }));
  run.ask('alice', counted(third), write({ startedMs: 1001, settledMs: 1009 }));
  return seenBy(stateIsOwn, run).bad;
};

it.each(monitorNames)('%s observes nothing where nothing was sent', (name) => {
  expect(seenBy(statements[name], told())).toEqual({ good: 0, unsure: 0, bad: [] });
});

describe('answers match their requests', () => {
  it.each([
    ['7', result({}, 7), 'wrong-body: the request has the id "7", its answer 7'],
    [7, result({}, 8), 'crossed-reply: the request has the id 7, its answer 8'],
    [7, result({ tools: [] }, 7), 'crossed-reply: the result does not fit ping'],
  ])('but not %j answered with %j', (rpcId, reply, says) => {
    const run = told();
    run.ask('alice', reply, { asked: { rpcId } });
    expect(seenBy(answersMatch, run).bad).toEqual([says]);
  });

  it('with an error that could not tell the id, too', () => {
    const run = told();
    run.ask('alice', failure(400, null));
    run.ask('alice', result({}, 'one'), { asked: { rpcId: 'one' } });
    expect(seenBy(answersMatch, run)).toEqual({ good: 1, unsure: 0, bad: [] });
  });

  it('with a refusal by status that names no request that was ever sent, and not one of another', () => {
    const run = told();
    run.ask('alice', failure(404, 'server-error'), { asked: { rpcId: 1 } });
    run.ask('alice', failure(404, 1), { asked: { rpcId: 2 } });
    run.ask('alice', failure(200, 'server-error'), { asked: { rpcId: 3 } });
    expect(seenBy(answersMatch, run).bad).toEqual([
      'crossed-reply: the request has the id 2, its answer 1',
      'crossed-reply: the request has the id 3, its answer "server-error"',
    ]);
  });

  it('and not with one that is of another, by its words', () => {
    const run = two();
    const [own, other] = ['0123456789abcdef', 'fedcba9876543210'];
    run.ask('alice', result({ content: [{ type: 'text', text: other }] }, 'one'), {
      asked: { method: 'tools/call', nonce: own, rpcId: 'one' },
      startedMs: 1000,
      settledMs: 1100,
    });
    run.ask('bob', result({ content: [] }, 'two'), {
      asked: { method: 'tools/call', nonce: other, rpcId: 'two' },
      startedMs: 1010,
      settledMs: 1200,
    });
    expect(seenBy(answersMatch, run).bad).toEqual([
      'crossed-reply: it is the answer to a request of bob of demo.bob, which began later, while this one waited',
    ]);
  });
});

describe('bodies are as promised', () => {
  const json = [['Content-Type', 'Application/JSON; Charset=UTF-8']] as const;
  const answer = '{"jsonrpc":"2.0","id":1,"result":{}}';

  it.each([
    [
      body(200, `data: ${answer}\n\n`, json),
      'wrong-header: the body is an event stream, under Application/JSON; Charset=UTF-8',
    ],
    [body(200, 'pong', json), 'wrong-header: the body is no JSON, under Application/JSON; Charset=UTF-8'],
    [body(200, answer, [['Content-Type', 'text/plain']]), 'wrong-header: an answer came as text/plain'],
    [body(200, answer), 'wrong-header: an answer came without a media type'],
    [stream([{ data: 'pong' }]), 'wrong-header: an event is no JSON: "pong"'],
  ])('but not %j', (reply, says) => {
    const run = told();
    run.ask('alice', reply);
    expect(seenBy(bodiesAreAsPromised, run).bad).toEqual([says]);
  });

  it('in any case, with keep-alive events of any kind, and where nothing came', () => {
    const run = told();
    run.ask('alice', body(200, answer, json));
    run.ask('alice', stream([{ event: 'ping', data: 'still here' }, resultEvent({})]));
    run.ask('alice', empty(202, json));
    run.ask('alice', body(404, 'Not found', json));
    expect(seenBy(bodiesAreAsPromised, run)).toEqual({ good: 2, unsure: 0, bad: [] });
  });
});

it('notices are accepted with 202 and nothing else, with ids or without', () => {
  const run = told();
  const notice = { asked: { kind: 'notification', method: 'notifications/cancelled' } } as const;
  run.ask('alice', empty(204), notice);
  run.ask('alice', body(202, '{}'), notice);
  run.ask('alice', failure(400), notice);
  run.ask('alice', empty(202), { asked: { ...notice.asked, session: [] } });
  expect(seenBy(noticesAreAccepted, run)).toEqual({
    good: 1,
    unsure: 0,
    bad: ['wrong-status: it was answered 204', 'wrong-body: its answer has a body'],
  });
});

describe('ids', () => {
  it('are issued once', () => {
    const run = two();
    expect(seenBy(idsAreIssuedOnce, run)).toEqual({ good: 2, unsure: 0, bad: [] });
    run.open('carol', 1);
    expect(seenBy(idsAreIssuedOnce, run).bad).toEqual([
      'duplicate-id: demo.carol got the id of session 1, which demo.alice had got before',
    ]);
  });

  it('are told to nobody else, but may come back to the client that sent them', () => {
    const run = told();
    run.open('alice', 1);
    run.open('bob', 2);
    run.transcripts();
    const other = '«session 1 of the run»';
    const known = run.transcripts().find(({ check }) => check === 'demo.bob')?.sessions;
    Object.assign(known ?? {}, { [other]: 1 });
    run.ask('bob', pong, { mentions: [other], asked: { session: [other] } });
    expect(seenBy(idsStaySecret, run).bad).toEqual([]);
    run.ask('bob', pong, { mentions: [other] });
    run.ask('bob', empty(404, [['X-Session', `last: ${other}`]]));
    run.ask('bob', empty(404), { named: [other] });
    expect(seenBy(idsStaySecret, run).bad).toHaveLength(3);
  });
});

describe('words stay with their sender', () => {
  const [own, other] = ['0123456789abcdef', 'fedcba9876543210'];

  it('in answers, and where each hears its own', () => {
    const run = two();
    run.ask('alice', said(own), called(own));
    run.ask('bob', said(other), called(other));
    expect(seenBy(wordsStay, run)).toEqual({ good: 2, unsure: 0, bad: [] });
    run.ask('bob', said(own), { asked: { method: 'tools/call' } });
    expect(seenBy(wordsStay, run).bad).toEqual([
      'crossed-reply: bob of demo.bob got the answer that alice of demo.alice caused',
    ]);
  });

  it('on streams of other sessions', () => {
    const run = two();
    run.ask('alice', said(own), called(own));
    const data = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data: own } });
    run.ask('bob', stream([{ data }], 'open'), { asked: { kind: 'get' } });
    expect(seenBy(wordsStay, run).bad).toEqual([
      'stray-message: bob of demo.bob got a message that alice of demo.alice caused',
    ]);
  });

  it('unless they stand in what everybody may read', () => {
    const run = two();
    run.ask('alice', said(own), called(own));
    run.ask('bob', result({ resources: [{ name: own }] }), { asked: { method: 'resources/list' } });
    expect(seenBy(wordsStay, run).bad).toEqual([]);
  });
});

describe('an ended session', () => {
  it('serves nothing that begins later, by any method', () => {
    const run = told();
    run.open('alice', 1);
    run.end('alice');
    run.ask('alice', failure(404));
    run.ask('alice', empty(202), { asked: { kind: 'notification', method: 'notifications/cancelled' } });
    run.ask('alice', stream([], 'open'), { asked: { kind: 'get' } });
    run.ask('alice', pong);
    run.end('alice');
    const { good, bad } = seenBy(endedIsOver, run);
    expect(good).toBe(1);
    expect(bad).toHaveLength(3);
  });

  it('is one whose DELETE was accepted', () => {
    const run = told();
    run.open('alice', 1);
    run.end('alice', 405);
    run.ask('alice', pong);
    expect(seenBy(endedIsOver, run)).toEqual({ good: 0, unsure: 0, bad: [] });
  });
});

describe('state is its own', () => {
  it('a counter counts each write of its session, from wherever it begins', () => {
    const run = told();
    run.open('alice', 1);
    for (const n of [5, 6, 7]) run.ask('alice', counted(n), write());
    expect(seenBy(stateIsOwn, run)).toEqual({ good: 2, unsure: 0, bad: [] });
  });

  it.each([
    [[1, 2, 2], 'lost-state: it counts 2 after 3 writes of its session'],
    [[1, 2, 4], 'shared-state: it counts 4 where its session wrote 3 times'],
  ])('%j is not explained', (values, says) => {
    const run = told();
    run.open('alice', 1);
    for (const n of values) run.ask('alice', counted(n), write());
    expect(seenBy(stateIsOwn, run).bad).toEqual([says]);
  });

  it('of writes that overlap, each counts once, in either order', () => {
    expect(overlapping(3, 2)).toEqual([]);
    expect(overlapping(2, 2)).toEqual(['lost-state: two writes of its session both made it 2']);
  });

  it('a session that counts and keeps words has each explained by its own kind', () => {
    const run = told();
    run.open('alice', 1);
    const marks = { method: 'tools/call', shows: 'marks' } as const;
    run.ask('alice', counted(1), write());
    run.ask('alice', counted(1), { asked: { ...marks, nonce: '0123456789abcdef' } });
    run.ask('alice', counted(2), write());
    run.ask('alice', said('0123456789abcdef'), { asked: marks });
    expect(seenBy(stateIsOwn, run)).toEqual({ good: 2, unsure: 0, bad: [] });
  });

  it('what one call writes and another reads is as much as its session wrote', () => {
    const kept = { method: 'tools/call', shows: 'number', count: { keys: ['kept'], by: 2 } } as const;
    const run = two();
    run.ask('alice', shows('a', 'b', 'c'), { asked: { ...kept, nonce: 'n1' } });
    run.ask('alice', shows('a'), { asked: kept });
    expect(seenBy(stateIsOwn, run)).toEqual({ good: 1, unsure: 0, bad: [] });
    run.ask('bob', shows('a'), { asked: kept });
    expect(seenBy(stateIsOwn, run).bad).toEqual(['shared-state: it shows 1 writes where its session made 0']);
    run.ask('alice', shows(), { asked: kept });
    expect(seenBy(stateIsOwn, run).bad).toContain('lost-state: it shows 0 writes after 1 of its session');
  });

  it('and a list that keeps a few lets go of the first', () => {
    const kept = { method: 'tools/call', shows: 'number', count: { keys: ['kept'], by: 1 } } as const;
    const run = two();
    for (const nonce of ['n1', 'n2', 'n3'])
      run.ask('alice', result({ content: [] }), { asked: { ...kept, nonce } });
    run.ask('alice', result({ content: [], kept: ['b', 'c'] }), { asked: kept });
    expect(seenBy(stateIsOwn, run)).toEqual({ good: 1, unsure: 0, bad: [] });
  });

  it('marks are those that its session wrote', () => {
    const run = two();
    const marks = { method: 'tools/call', shows: 'marks' } as const;
    const [one, other] = ['0123456789abcdef', 'fedcba9876543210'];
    run.ask('alice', said(), { asked: { ...marks, nonce: one } });
    run.ask('bob', said(), { asked: { ...marks, nonce: other } });
    run.ask('alice', said(one), { asked: marks });
    expect(seenBy(stateIsOwn, run)).toEqual({ good: 1, unsure: 0, bad: [] });
    run.ask('alice', said(one, other), { asked: marks });
    run.ask('bob', said(), { asked: marks });
    expect(seenBy(stateIsOwn, run).bad).toEqual([
      'shared-state: it shows what bob of demo.bob wrote',
      'lost-state: it lacks what its own session had written',
    ]);
  });

  it('a place for one word keeps that of its session, and not of another check', () => {
    const run = two();
    const word = { method: 'tools/call', shows: 'word' } as const;
    const [one, other] = ['0123456789abcdef', 'fedcba9876543210'];
    run.ask('alice', said(), { asked: { ...word, nonce: one } });
    run.ask('alice', said(one), { asked: word });
    expect(seenBy(stateIsOwn, run)).toEqual({ good: 1, unsure: 0, bad: [] });
    run.ask('bob', said(), { asked: { ...word, nonce: other } });
    run.ask('alice', said(other), { asked: word });
    expect(seenBy(stateIsOwn, run).bad).toEqual(['shared-state: it shows what bob of demo.bob wrote']);
  });
});

describe('a request is carried out once', () => {
  it('one write that counts twice is not the write of another session', () => {
    const run = two();
    const steps = { alice: [1, 2, 4, 5], bob: [1, 2, 3] };
    for (const [who, values] of Object.entries(steps)) for (const n of values) count(run, who, n);
    const { good, bad } = seenBy(carriedOutOnce, run);
    expect(seenBy(stateIsOwn, run).bad).toEqual([]);
    expect([good, bad]).toEqual([
      4,
      ['carried-out-twice: one request made the count of its session go from 2 to 4'],
    ]);
  });

  it('nor is one that we sent twice, and a counter that all share counts on by others', () => {
    const again = two();
    for (const n of [1, 2]) count(again, 'alice', n);
    count(again, 'alice', 4, { again: [{ kind: 'dropped', code: 'ECONNRESET', says: 'reset' }] });
    expect(seenBy(carriedOutOnce, again).bad).toEqual([]);
    const shared = two();
    for (const n of [1, 2, 4]) count(shared, 'alice', n);
    for (const n of [3, 5]) count(shared, 'bob', n);
    expect(seenBy(carriedOutOnce, shared).bad).toEqual([]);
    expect(seenBy(stateIsOwn, shared).bad.join()).toContain('shared-state');
  });

  it('and what names no session may have counted in one', () => {
    const run = two();
    for (const n of [1, 2]) count(run, 'alice', n);
    run.ask('stranger', counted(3), { ...write(), asked: { ...write().asked, session: [] } });
    count(run, 'alice', 4);
    expect(seenBy(carriedOutOnce, run).bad).toEqual([]);
    expect(seenBy(stateIsOwn, run).bad.join()).toContain('shared-state');
  });

  it('a mark that is there twice, between others that are there once, was written twice', () => {
    const marks = { method: 'tools/call', shows: 'marks' } as const;
    const words = ['1111111111111111', '2222222222222222', '3333333333333333', '4444444444444444'];
    const [a = '', b = '', c = '', d = ''] = words;
    const shown = (...read: readonly string[]) => {
      const run = two();
      for (const nonce of words) run.ask('alice', said(), { asked: { ...marks, nonce } });
      run.ask('alice', said(...read), { asked: marks });
      return seenBy(carriedOutOnce, run).bad;
    };
    expect(shown(a, b, b, c, d)).toEqual([
      'carried-out-twice: it shows a word of its session more often than those that were written before and after it',
    ]);
    // The first, the last, or each may be shown twice.
    for (const read of [[d, a, b, c, d], [a, a, b, c, d], [...words, ...words], words])
      expect(shown(...read)).toEqual([]);
  });
});

describe('a revision holds, whatever another client negotiates', () => {
  const older = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    serverInfo: { name: 'fake', version: '1' },
  };
  const overtaken = (...replies: readonly Reply[]) => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', pong);
    run.open('bob', 2, { reply: result(older) });
    for (const reply of replies) run.ask('alice', reply);
    return seenBy(revisionHolds, run);
  };

  it('where the session is served then', () => {
    expect(overtaken(pong)).toEqual({ good: 1, unsure: 0, bad: [] });
    // What is refused and served later was refused for something else.
    expect(overtaken(failure(400), pong)).toEqual({ good: 1, unsure: 0, bad: [] });
  });

  it('and not where it is refused from then on', () => {
    expect(overtaken(failure(400)).bad).toEqual([
      'refused: a request of a session of 2025-11-25 was refused after another client had negotiated 2025-06-18',
    ]);
  });
});

it('one server error is no pattern, and two are shown with what came before the first', () => {
  const run = told();
  run.open('alice', 1);
  run.ask('alice', pong);
  run.ask('alice', failure(500));
  expect(seenBy(noServerErrors, run)).toEqual({ good: 1, unsure: 1, bad: [] });
  run.ask('alice', failure(500));
  expect(seenBy(noServerErrors, run).bad[0]).toContain('the first such error came after POST ping');
});

it('a server error in answer to what is under way when its session is ended is none', () => {
  const run = told();
  run.open('alice', 1);
  run.ask('alice', pong);
  run.ask('alice', failure(500), { settledMs: 1_000 });
  run.ask('alice', failure(500), { settledMs: 1_000 });
  run.end('alice');
  expect(seenBy(noServerErrors, run)).toEqual({ good: 1, unsure: 0, bad: [] });
});
