// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../model/transcript.js';
import { empty, exchange, failure, result, silence } from '../testing/made.js';
import { endsNothing, holdsUpNobody, servedAtOnce } from './service.js';

const list = { method: 'tools/list' };
const listed = result({ tools: [] });

describe('served at once', () => {
  const later = exchange('2', listed, { asked: list });
  const kinds = (first: Exchange, all = [first, later]) => servedAtOnce(first, all).kind;

  it('holds where the first request is served like a later one', () => {
    expect(kinds(exchange('1', listed, { asked: list }))).toBe('good');
  });
  it('is broken by a first request that is refused, fails or stays unanswered', () => {
    const reasons = [failure(400), failure(200), empty(500), silence].map((reply) => {
      const first = exchange('1', reply, { asked: list });
      const look = servedAtOnce(first, [first, later]);
      return look.kind === 'bad' ? look.reason : look.kind;
    });
    expect(reasons).toEqual(['refused-at-first', 'refused-at-first', 'server-error', 'no-answer']);
  });
  it('says nothing where the request is never served, nor of any but the first', () => {
    const first = exchange('1', failure(400), { asked: list });
    const again = exchange('2', failure(400), { asked: list });
    expect(servedAtOnce(first, [first, again]).kind).toBe('skip');
    expect(servedAtOnce(later, [first, later]).kind).toBe('skip');
  });
  it('compares requests of one client with one method', () => {
    const first = exchange('1', failure(400), { asked: { method: 'ping' } });
    expect(servedAtOnce(first, [first, later]).kind).toBe('skip');
    const bob = exchange('1', failure(400), { asked: list, actor: 'bob' });
    expect(servedAtOnce(bob, [bob, later]).kind).toBe('skip');
  });
});

describe('a call holds up nobody', () => {
  const call = (startedMs: number, settledMs: number) =>
    exchange('1', result({ content: [] }), { asked: { method: 'tools/call' }, startedMs, settledMs });
  const ping = (startedMs: number, settledMs: number) =>
    exchange('2', result({}), { actor: 'bob', startedMs, settledMs });
  const looks = (...all: readonly Exchange[]) => all.map((one) => holdsUpNobody(one, all).kind);

  it('where a ping is answered before the call', () => {
    expect(looks(call(0, 400), ping(10, 20))).toEqual(['skip', 'good']);
  });
  it('unless every ping waits for the end of its call', () => {
    expect(looks(call(0, 400), ping(10, 401), call(500, 900), ping(510, 901))).toContain('bad');
  });
  it('which one ping that waited does not show beside one that did not', () => {
    const kinds = looks(call(0, 400), ping(10, 401), call(500, 900), ping(510, 520));
    expect(kinds).toEqual(['skip', 'skip', 'skip', 'good']);
  });
  it('and a ping that overtook the call is followed by one that waits', () => {
    const kinds = looks(call(0, 400), ping(1, 3), ping(4, 401), call(500, 900), ping(501, 902));
    expect(kinds).toEqual(['skip', 'skip', 'bad', 'skip', 'bad']);
  });
  it('and of two that come at once it is not told which came first', () => {
    expect(looks(call(0, 400), ping(10, 399))).toContain('bad');
    expect(looks(call(0, 400), ping(10, 370))).toContain('good');
  });
  it('and a ping that takes as long without a call waits for the network', () => {
    expect(looks(call(0, 210), ping(10, 211), ping(220, 420))).toEqual(['skip', 'skip', 'skip']);
    expect(looks(call(0, 410), ping(10, 411), ping(420, 425))).toContain('bad');
  });
  it('and not where the call is over at once, or before the ping began', () => {
    expect(looks(call(0, 50), ping(10, 60))).toEqual(['skip', 'skip']);
    expect(looks(call(0, 400), ping(401, 402))).toEqual(['skip', 'skip']);
  });
});

describe('a refused DELETE ends nothing', () => {
  const ended = (status: number) => exchange('1', empty(status), { asked: { kind: 'delete' } });
  const look = (status: number, reply: Parameters<typeof exchange>[1]) => {
    const [one, after] = [ended(status), exchange('2', reply)];
    return endsNothing(after, [one, after]).kind;
  };
  it('where the session is served as before', () => expect(look(405, result({}))).toBe('good'));
  it('unless the session is refused', () => expect(look(405, failure(404))).toBe('bad'));
  it('which silence does not show', () => expect(look(400, silence)).toBe('skip'));
  it('and of which a DELETE that was accepted says nothing', () => {
    expect(look(204, failure(404))).toBe('skip');
    const other = exchange('2', failure(404), { asked: { session: ['«session bob»'] } });
    expect(endsNothing(other, [ended(405), other]).kind).toBe('skip');
  });
});
