import { setMaxListeners } from 'node:events';
import type { RunOptions } from '../model/run.js';
import type { Turn } from '../model/carrier.js';
import { watchForWalls, type WallWatch } from './wall.js';
import { createPace, type Limited, type Pace } from './pace.js';

/** What a run has sent, and the one place where each request waits until it may be. */
export interface Traffic {
  exchanges: number;
  /** In how many checks the target stopped answering, since it was started. */
  lost: number;
  readonly turn: Turn;
  /** The target turns everybody away. */
  walled: boolean;
  readonly walls: WallWatch;
  /** What was learnt of how much the target bears. */
  readonly pace: Pace;
  /** False when an interrupt, or this signal, cuts it short. */
  readonly wait: (ms: number, until: AbortSignal) => Promise<boolean>;
}

/** Keeps the number and the pace of all requests. After an interrupt nothing waits any longer. */
export function createTraffic(
  {
    requestsMax = Infinity,
    requestsPerSecondMax = Infinity,
    signal,
  }: Pick<RunOptions, 'requestsMax' | 'requestsPerSecondMax' | 'signal'>,
  limited?: (since: Limited) => void,
): Traffic {
  // Each request that waits listens for it.
  if (signal) setMaxListeners(0, signal);
  const pace = createPace(requestsPerSecondMax, limited);
  const traffic: Traffic = {
    exchanges: 0,
    lost: 0,
    walled: false,
    walls: watchForWalls(),
    pace,
    async turn() {
      if (traffic.exchanges >= requestsMax) return 'budget';
      // Counted before the wait, so that those who wait cannot be more than may be sent.
      traffic.exchanges += 1;
      const nowMs = performance.now();
      const waitMs = pace.next(nowMs) - nowMs;
      if (waitMs <= 0 || (await waited(waitMs, signal))) return undefined;
      traffic.exchanges -= 1;
      return 'interrupted';
    },
    wait: (ms, until) => waited(ms, signal === undefined ? until : AbortSignal.any([until, signal])),
  };
  return traffic;
}

/** False when the signal cuts the wait short. */
function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (held: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      resolve(held);
    };
    const cut = () => end(false);
    const timer = setTimeout(end, Math.ceil(ms), true);
    signal?.addEventListener('abort', cut);
    if (signal?.aborted) cut();
  });
}

export interface Budget {
  /** True once so many requests are set aside; false where that cannot be any more. */
  readonly reserve: (requests: number) => Promise<boolean>;
  readonly release: (requests: number) => void;
}

/** What a check needs at worst is set aside while it runs; what it did not need is there for those that wait. */
export function createBudget(left: () => number): Budget {
  let reserved = 0;
  const waiting: (() => void)[] = [];
  return {
    async reserve(requests) {
      while (requests > left() - reserved) {
        if (requests > left() || reserved === 0) return false;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      reserved += requests;
      return true;
    },
    release(requests) {
      reserved -= requests;
      for (const resume of waiting.splice(0)) resume();
    },
  };
}
