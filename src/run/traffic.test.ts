import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTraffic } from './traffic.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

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
    vi.useRealTimers();
    const traffic = createTraffic({ requestsPerSecondMax: 50 });
    const startedMs = performance.now();
    const times = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        await traffic.turn();
        return performance.now() - startedMs;
      }),
    );
    for (const [i, ms] of times.entries()) expect(ms).toBeGreaterThanOrEqual(i * 20 - 2);
    expect(times[0]).toBeLessThan(15);
  });

  it('is not saved up by somebody who sent nothing for a while', async () => {
    const traffic = createTraffic({ requestsPerSecondMax: 10 });
    await traffic.turn();
    vi.advanceTimersByTime(10_000);
    await traffic.turn();
    const startedMs = Date.now();
    await traffic.turn();
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(95);
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
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBeLessThan(5);
  });
});
