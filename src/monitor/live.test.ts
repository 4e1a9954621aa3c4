import { describe, expect, it } from 'vitest';
import { empty, failure, result, silence, stream } from '../testing/made.js';
import { liveIsServed } from './live.js';
import { seenBy, told } from '../testing/history.js';

const [pong, gone] = [result({}), failure(404)];

describe('a session that is refused', () => {
  it('once and served again convicts nobody', () => {
    const run = told();
    run.open('alice', 1);
    for (const reply of [pong, gone, pong]) run.ask('alice', reply);
    expect(seenBy(liveIsServed, run)).toEqual({ good: 2, unsure: 1, bad: [] });
  });

  it('once at its last request convicts nobody either', () => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', pong);
    run.ask('alice', gone);
    expect(seenBy(liveIsServed, run)).toEqual({ good: 1, unsure: 1, bad: [] });
  });

  it('from then on is lost', () => {
    const run = told();
    run.open('alice', 1);
    for (const reply of [pong, gone, gone]) run.ask('alice', reply);
    expect(seenBy(liveIsServed, run).bad).toEqual([
      expect.stringMatching(/^refused: 404 .*session 1 had been served/),
    ]);
  });

  it.each([
    [
      'after as long as the target keeps an idle one',
      (run: ReturnType<typeof told>) => run.ask('alice', gone, { asked: { idle: true } }),
    ],
    ['after its DELETE', (run: ReturnType<typeof told>) => run.end('alice')],
    ['after a DELETE that failed', (run: ReturnType<typeof told>) => run.end('alice', 500)],
    [
      'after a second initialize',
      (run: ReturnType<typeof told>) =>
        run.ask('alice', pong, { asked: { kind: 'initialize', session: ['«session alice»'] }, named: [] }),
    ],
    [
      'after something that is no message',
      (run: ReturnType<typeof told>) =>
        run.ask('alice', empty(400), { sent: { carrier: 'http', method: 'POST', headers: [], body: '{' } }),
    ],
  ] as const)('%s was not refused while it lived', (_, provoke) => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', pong);
    provoke(run);
    run.ask('alice', gone);
    run.ask('alice', gone);
    expect(seenBy(liveIsServed, run)).toEqual({ good: 1, unsure: 0, bad: [] });
  });

  it('after a DELETE that was answered 405 is lost', () => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', pong);
    run.end('alice', 405);
    run.ask('alice', gone);
    run.ask('alice', gone);
    expect(seenBy(liveIsServed, run).bad).toHaveLength(1);
  });

  it.each([503, 429, 401, 500])('with %i says nothing of its session', (status) => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', pong);
    run.ask('alice', failure(status));
    run.ask('alice', failure(status));
    expect(seenBy(liveIsServed, run)).toEqual({ good: 1, unsure: 0, bad: [] });
  });

  it.each([
    ['in as much time as another was answered in is lost', { ms: 400 }, 500, 1],
    ['in less time than any was answered in is not', { ms: 400 }, 300, 0],
    ['with arguments with which nobody was answered is not', { ms: 9_000 }, 2_000, 0],
  ])('by the silence of a slow tool %s', (_, given, waitedMs, bad) => {
    const run = told();
    run.open('alice', 1);
    run.open('bob', 2);
    run.ask('bob', result({ content: [] }), call({ ms: 400 }, 150, 400));
    run.ask('alice', pong, { startedMs: 600, settledMs: 602 });
    for (const startedMs of [610, 3_000])
      run.ask('alice', silence, { ...call(given, startedMs, waitedMs), afterwards: pong });
    expect(seenBy(liveIsServed, run).bad).toHaveLength(bad);
  });

  it('by the silence of a server that waits for an answer of its client is not lost', () => {
    const run = told();
    const asks = { data: '{"jsonrpc":"2.0","id":0,"method":"elicitation/create","params":{}}' };
    run.open('alice', 1);
    run.ask('alice', pong);
    for (const event of [asks, asks]) run.ask('alice', stream([event], 'aborted'), { afterwards: pong });
    expect(seenBy(liveIsServed, run)).toEqual({ good: 1, unsure: 0, bad: [] });
  });

  it('by silence is lost where others were answered then', () => {
    const run = told();
    run.open('alice', 1);
    run.ask('alice', pong);
    run.ask('alice', silence);
    expect(seenBy(liveIsServed, run)).toEqual({ good: 1, unsure: 0, bad: [] });
    run.ask('alice', silence, { afterwards: pong });
    run.ask('alice', silence, { afterwards: pong });
    expect(seenBy(liveIsServed, run).bad).toEqual([expect.stringMatching(/^no-answer/)]);
  });
});

it('sessions that are not known for a while after their handshakes are a rule, and one is none', () => {
  const run = told();
  const list = { asked: { method: 'tools/list' } };
  const tools = result({ tools: [] });
  const late = (who: string, number: number) => {
    run.open(who, number);
    run.ask(who, gone, list);
    run.wait(100);
    run.ask(who, tools, list);
  };
  late('alice', 1);
  expect(seenBy(liveIsServed, run)).toEqual({ good: 1, unsure: 1, bad: [] });
  late('bob', 2);
  expect(seenBy(liveIsServed, run).bad).toEqual(
    ['alice', 'bob'].map(() => expect.stringContaining('after its handshake a session is not known')),
  );
});

describe('the rule by which sessions are lost', () => {
  it('is the number of requests', () => {
    const run = told();
    for (const [index, who] of ['alice', 'bob'].entries()) {
      run.open(who, index + 1);
      for (const reply of [pong, pong, pong, gone]) run.ask(who, reply);
    }
    expect(seenBy(liveIsServed, run).bad).toEqual([
      expect.stringContaining('no session is served more than 3 requests'),
      expect.stringContaining('no session is served more than 3 requests'),
    ]);
  });

  it('is the number of newer sessions', () => {
    const run = told();
    for (const [index, who] of ['alice', 'bob', 'carol', 'dave'].entries()) {
      run.open(who, index + 1);
      run.ask(who, pong);
    }
    for (const who of ['carol', 'dave']) run.ask(who, pong);
    for (const who of ['alice', 'bob']) run.ask(who, gone);
    expect(seenBy(liveIsServed, run).bad).toEqual([
      expect.stringContaining('the newest 2 sessions alone are served'),
      expect.stringContaining('the newest 2 sessions alone are served'),
    ]);
  });

  it('is not said where one loss among many sessions fits it', () => {
    const run = told();
    const names = Array.from({ length: 12 }, (_, index) => `client${index}`);
    for (const [index, who] of names.entries()) {
      run.open(who, index + 1);
      run.ask(who, pong);
    }
    for (const who of names.slice(1)) run.ask(who, pong);
    run.ask('client0', gone);
    run.ask('client0', gone);
    expect(seenBy(liveIsServed, run).bad).toEqual([
      expect.stringMatching(
        /session 1 had been served 1 time .*; the last that its client did before was POST ping/,
      ),
    ]);
  });

  it('is a call that its client gave up', () => {
    const run = told();
    run.open('alice', 1);
    run.open('bob', 2);
    for (let i = 0; i < 6; i += 1) run.ask('bob', pong);
    run.ask('alice', pong);
    run.ask('alice', { kind: 'aborted', afterMs: 1 });
    run.ask('alice', gone);
    run.ask('alice', gone);
    expect(seenBy(liveIsServed, run).bad).toEqual([
      expect.stringContaining('a call of its own that its client gave up'),
    ]);
  });

  it('is no fault where sessions expired that nobody used', () => {
    const run = told();
    run.open('alice', 1);
    run.open('bob', 2);
    run.ask('alice', pong);
    for (let i = 0; i < 60; i += 1) {
      run.wait(100);
      run.ask('bob', pong);
    }
    run.ask('alice', gone);
    run.ask('alice', gone);
    expect(seenBy(liveIsServed, run)).toEqual({ good: 61, unsure: 0, bad: [] });
  });
});

/** A call of a slow tool, with a word of its own. */
function call(args: object, startedMs: number, tookMs: number) {
  return {
    asked: { method: 'tools/call' },
    sent: {
      carrier: 'http' as const,
      method: 'POST' as const,
      headers: [['MCP-Protocol-Version', '2025-11-25']] as const,
      body: JSON.stringify({ params: { name: 'slow', arguments: { ...args, text: `word ${startedMs}` } } }),
    },
    startedMs,
    settledMs: startedMs + tookMs,
  };
}
