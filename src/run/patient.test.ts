import { describe, expect, it, vi } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import type { Room } from '../model/carrier.js';
import type { Reply } from '../model/reply.js';
import { fakeCarrier, FakeStream, type Answer } from '../testing/fake-carrier.js';
import { body, empty, result } from '../testing/made.js';
import { patient } from './patient.js';
import type { Limited } from './pace.js';
import { createTraffic } from './traffic.js';

leapingClock();

const message = { carrier: 'http' as const, method: 'POST', headers: [], body: '{}' };
const options = { timeoutMs: 1_000, until: 'end' as const };
const busy = (status: number, seconds?: string): Reply =>
  empty(status, seconds === undefined ? [] : [['Retry-After', seconds]]);

const roomThat = (mayCome: boolean, comes: Promise<void> = new Promise(() => undefined)): Room => ({
  mayCome: () => mayCome,
  comes: () => comes,
  refused: () => undefined,
});

/** A target that gives these answers one after the other, the last one for ever. */
function answering(answers: readonly Answer[], limits: Parameters<typeof createTraffic>[0] = {}) {
  const limited: Limited[] = [];
  const traffic = createTraffic(limits, (since) => limited.push(since));
  let at = 0;
  const carrier = fakeCarrier(() => answers[Math.min(at++, answers.length - 1)] ?? 'silence');
  const connection = patient(carrier, traffic).connect();
  const send = async () => {
    const startedMs = performance.now();
    await traffic.turn();
    const call = connection.send(message, options);
    const reply = await call.settled;
    return { reply, call, tookMs: performance.now() - startedMs };
  };
  return { send, traffic, connection, limited, arrived: carrier.arrived };
}

describe('a request that is refused for load', () => {
  it.each([
    ['429', busy(429), 250],
    ['503', busy(503), 250],
    ['429 that names seconds', busy(429, '3'), 3_000],
    ['RateLimit-Reset', empty(429, [['RateLimit-Reset', '2']]), 2_000],
    ['RateLimit', empty(429, [['RateLimit', '"default";r=0;t=4']]), 4_000],
    ['an error in a message', body(200, error(-32_000, 'Rate limit exceeded')), 250],
    ['the code of an error', body(200, error(429, 'no')), 250],
    ['a tool', result({ isError: true, content: [{ type: 'text', text: 'too many requests' }] }), 250],
  ])('is sent again once it may be: %s', async (_, refusal, waitMs) => {
    const { send, traffic, limited } = answering([refusal, result({})]);
    const { reply, call, tookMs } = await send();
    expect([reply, call.earlier?.(), tookMs]).toEqual([result({}), [refusal], waitMs]);
    expect(traffic.exchanges).toBe(2);
    expect(limited).toMatchObject([{ request: 1 }]);
  });

  describe('and opens a session', () => {
    it('goes again as soon as there is room, and tells of no limit to requests', async () => {
      const { connection, traffic, limited } = answering([busy(503, '30'), result({})]);
      const startedMs = performance.now();
      const room = roomThat(true, Promise.resolve());
      const { settled } = connection.send(message, { ...options, room });
      expect([await settled, performance.now() - startedMs]).toEqual([result({}), 0]);
      expect([traffic.exchanges, limited]).toEqual([1, []]);
    });

    it.each([
      ['at once where none may come', false, '30', 0, 1],
      ['after a while where none comes', true, '30', 4_000, 1],
      ['when the target named a shorter time, as often as another request', true, '1', 4_000, 5],
    ])('stays refused %s', async (_, mayCome, seconds, tookMs, times) => {
      const { connection, arrived } = answering([busy(503, seconds)]);
      const startedMs = performance.now();
      const { settled } = connection.send(message, { ...options, room: roomThat(mayCome) });
      expect([await settled, performance.now() - startedMs]).toEqual([busy(503, seconds), tookMs]);
      expect(arrived).toHaveLength(times);
    });

    it('waits as any other request does where there were too many of them', async () => {
      const { connection } = answering([busy(429, '30'), result({})]);
      const startedMs = performance.now();
      const { settled } = connection.send(message, { ...options, room: roomThat(false) });
      expect([await settled, performance.now() - startedMs]).toEqual([result({}), 30_000]);
    });
  });

  it.each([
    ['another error', body(200, error(-32_602, 'unknown session'))],
    ['a server error', empty(500)],
    ['a result that speaks of it', result({ content: [{ type: 'text', text: 'too many requests' }] })],
  ])('is nothing else: %s', async (_, reply) => {
    const { send, arrived } = answering([reply, result({})]);
    expect((await send()).reply).toEqual(reply);
    expect(arrived).toHaveLength(1);
  });

  it('again and again keeps its last answer, and is no limit', async () => {
    const { send, limited, arrived } = answering([busy(503)]);
    const { reply, call } = await send();
    expect([reply, arrived.length, call.earlier?.().length]).toEqual([busy(503), 5, 4]);
    expect(limited).toEqual([]);
  });

  it('is sent again no more where that never helped', async () => {
    const { send, arrived } = answering([busy(503)]);
    for (let i = 0; i < 5; i += 1) await send();
    const before = arrived.length;
    await Promise.all(Array.from({ length: 8 }, send));
    // One of them goes on trying, once.
    expect(arrived.length - before).toBe(8 + 1);
  });

  it('is sent no more than the budget allows', async () => {
    const { send, traffic, arrived } = answering([busy(429)], { requestsMax: 3 });
    expect((await send()).reply).toEqual(busy(429));
    expect([traffic.exchanges, arrived.length]).toEqual([3, 3]);
  });

  it('does not wait longer than a bound', async () => {
    const { send, arrived } = answering([busy(429, '3600')]);
    await send();
    expect(arrived).toHaveLength(1);
  });

  it.each(['an interrupt', 'the check that drops it'])('does not wait after %s', async (how) => {
    const interrupt = new AbortController();
    const { connection, traffic } = answering([busy(429, '60')], { signal: interrupt.signal });
    await traffic.turn();
    const call = connection.send(message, options);
    await call.waitFor(({ kind }) => kind === 'response', 1_000);
    if (how === 'an interrupt') interrupt.abort();
    else call.abort();
    expect(await call.settled).toEqual(busy(429, '60'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is waited for by those who wait for what it brings', async () => {
    const stream = new FakeStream();
    const { connection, traffic } = answering([busy(429), stream]);
    await traffic.turn();
    const call = connection.send(message, { timeoutMs: 1_000, until: 'head' });
    const came = call.waitFor((reply) => reply.kind === 'response' && reply.content.kind === 'stream', 1_000);
    expect(await came).toBe(true);
  });
});

describe('a run on a target that limits', () => {
  it('goes at the pace of the target, so that little is refused any more', async () => {
    let served: number[] = [];
    let refused = 0;
    const traffic = createTraffic({});
    const carrier = fakeCarrier(() => {
      const now = performance.now();
      served = served.filter((atMs) => atMs > now - 1_000);
      if (served.length >= 20) {
        refused += 1;
        return busy(429);
      }
      served.push(now);
      return result({});
    });
    const connection = patient(carrier, traffic).connect();
    const replies: Reply[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let i = 0; i < 50; i += 1) {
          await traffic.turn();
          replies.push(await connection.send(message, options).settled);
        }
      }),
    );
    expect(
      replies.every(
        (reply) => reply.kind === 'response' && reply.content.kind === 'body' && reply.content.bytes > 0,
      ),
    ).toBe(true);
    expect(refused).toBeLessThan(40);
    expect(traffic.pace.jobs(8)).toBeLessThan(8);
  });

  it('is not slowed down by a refusal now and then', async () => {
    let count = 0;
    const traffic = createTraffic({});
    const connection = patient(
      fakeCarrier(() => ((count += 1) % 50 === 0 ? busy(503) : result({}))),
      traffic,
    ).connect();
    for (let i = 0; i < 300; i += 1) {
      await traffic.turn();
      await connection.send(message, options).settled;
    }
    expect(traffic.pace.jobs(8)).toBe(8);
  });
});

function error(code: number, text: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code, message: text } });
}
