// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Limit } from '../model/limit.js';
import type { Plan, Planned } from '../model/plan.js';
import { builtInChecks } from '../testing/check.js';
import { sampleFacts } from '../testing/sample.js';
import { createForecast, takesAlone } from './outlook.js';
import { createPace } from './pace.js';

const requestsPerCheck = 20;
const entries = builtInChecks.map((check): Planned => ({
  check,
  facts: sampleFacts,
  run: true,
  requests: requestsPerCheck,
  requestsMax: 3 * requestsPerCheck,
}));
const plan: Plan = {
  entries,
  witnesses: [],
  requests: requestsPerCheck * entries.length,
  requestsMax: 9 * requestsPerCheck * entries.length,
};
const minutes = (count: number) => count * 60_000;

/** Serves so many requests a second, all of them at once if they come so. */
function createLimiter(perSecond: number) {
  let free = perSecond;
  let atMs = 0;
  return (nowMs: number): Limit | undefined => {
    free = Math.min(perSecond, free + ((nowMs - atMs) * perSecond) / 1_000);
    atMs = nowMs;
    if (free < 1) return { by: '429' };
    free -= 1;
    return undefined;
  };
}

/** Sends the requests of all checks, one check after the other, at the pace that is learnt; the clock moves as told and nothing is waited for. */
function runAgainst(perSecond: number, boundMs?: number) {
  let nowMs = 0;
  const limiter = createLimiter(perSecond);
  const pace = createPace(Infinity);
  const forecast = createForecast({
    plan,
    perSecond: pace.perSecond,
    jobs: () => pace.jobs(8),
    latencyMs: 2,
    ...(boundMs !== undefined && { boundMs }),
    nowMs: () => nowMs,
  });
  const send = () => {
    for (let refused = 1; ; refused += 1) {
      nowMs = Math.max(nowMs + 2, pace.next(nowMs));
      const limit = limiter(nowMs);
      pace.saw(limit, nowMs);
      const pauseMs = limit && pace.pauseMs(limit, refused, nowMs);
      if (pauseMs === undefined) return pace.ended({ request: 1, by: '429', recovered: limit === undefined });
      nowMs += pauseMs;
    }
  };
  let done = 0;
  for (const planned of plan.entries) {
    const outlook = forecast.tooLong();
    if (outlook !== undefined) return { done, nowMs, outlook };
    for (let i = 0; i < requestsPerCheck; i += 1) send();
    forecast.done(planned);
    done += 1;
  }
  return { done, nowMs };
}

describe('a target that bears six requests a second', () => {
  it('takes longer than ten minutes, which is foreseen in the first one', () => {
    expect(runAgainst(6).nowMs).toBeGreaterThan(minutes(10));
    const { done, nowMs, outlook } = runAgainst(6, minutes(10));
    expect(done).toBeLessThan(entries.length / 5);
    expect(nowMs).toBeLessThan(minutes(1));
    expect(outlook?.perSecond).toBeGreaterThan(3);
    expect(outlook?.perSecond).toBeLessThan(7);
    expect(outlook?.takesMs).toBeGreaterThan(minutes(10));
  });

  it('is examined whole where the run may take its time', () => {
    expect(runAgainst(6, minutes(30)).done).toBe(entries.length);
  });
});

it('one that bears many is never too slow', () => {
  expect(runAgainst(200, minutes(10)).done).toBe(entries.length);
});

describe('a target that is slow', () => {
  const forecastAt = (latencyMs: number, times: readonly number[]) => {
    let nowMs = 0;
    const forecast = createForecast({
      plan,
      perSecond: () => Infinity,
      jobs: () => 2,
      latencyMs,
      boundMs: minutes(10),
      nowMs: () => nowMs,
    });
    return times.map((atMs) => {
      nowMs = atMs;
      return forecast.tooLong() !== undefined;
    });
  };
  it('is found too slow once that holds for a while', () => {
    expect(forecastAt(2_000, [0, 9_000, 11_000])).toEqual([false, false, true]);
    expect(forecastAt(100, [0, 9_000, 11_000])).toEqual([false, false, false]);
  });

  it('is as fast as it has shown to be', () => {
    let nowMs = 0;
    const forecast = createForecast({
      plan,
      perSecond: () => Infinity,
      jobs: () => 1,
      latencyMs: 5_000,
      boundMs: minutes(10),
      nowMs: () => nowMs,
    });
    for (const [i, planned] of plan.entries.slice(0, 20).entries()) {
      nowMs = 1_000 * i;
      forecast.done(planned);
    }
    expect(forecast.tooLong()).toBeUndefined();
    expect(forecast.now().perSecond).toBeGreaterThan(20);
  });
});

it('fewer checks take less time', () => {
  expect(takesAlone(plan, 'core', 2)).toBeLessThan(minutes(10));
  expect(takesAlone(plan, 'no such tag', 2)).toBeUndefined();
});
