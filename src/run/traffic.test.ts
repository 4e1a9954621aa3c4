import { describe, expect, it, vi } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import { createTraffic } from './traffic.js';

leapingClock();

describe('the turn of a request', () => {
  it('comes at once where nothing is limited', async () => {
    const traffic = createTraffic({});
    expect(await Promise.all([traffic.turn(), traffic.turn()])).toEqual([undefined, undefined]);
    expect(traffic.exchanges).toBe(2);
  });

  it('does not come once the budget is spent, however many ask at once', async () => {
    const traffic = createTraffic({ requestsMax: 2 });
    const turns = await Promise.all([1, 2, 3, 4].map(() => traffic.turn()));
    expect(turns).toEqual([undefined, undefined, 'budget', 'budget']);
    expect(traffic.exchanges).toBe(2);
  });

  it('keeps the pace, the first without a wait', async () => {
    const traffic = createTraffic({ requestsPerSecondMax: 50 });
    const startedMs = performance.now();
    const times = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        await traffic.turn();
        return performance.now() - startedMs;
      }),
    );
    expect(times).toEqual([0, 20, 40, 60]);
  });

  it('is not saved up while nothing is sent', async () => {
    const traffic = createTraffic({ requestsPerSecondMax: 10 });
    await traffic.turn();
    vi.advanceTimersByTime(10_000);
    await traffic.turn();
    const startedMs = performance.now();
    await traffic.turn();
    expect(performance.now() - startedMs).toBe(100);
  });

  it('is given up at an interrupt, at once and without a timer', async () => {
    const interrupt = new AbortController();
    const traffic = createTraffic({ requestsPerSecondMax: 0.01, signal: interrupt.signal });
    expect(await traffic.turn()).toBeUndefined();
    const waiting = traffic.turn();
    interrupt.abort();
    expect(await waiting).toBe('interrupted');
    expect(await traffic.turn()).toBe('interrupted');
    expect(traffic.exchanges).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
