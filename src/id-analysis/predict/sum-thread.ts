import { parentPort, workerData } from 'node:worker_threads';
import { predictSum } from './predict.js';

/** What `predictInWorker` hands to this thread. */
export interface SumTask {
  readonly ids: readonly string[];
  readonly budgetMs: number;
}

const { ids, budgetMs }: SumTask = workerData;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin, unlike a window
parentPort?.postMessage(predictSum(ids, { budgetMs, random: Math.random, nowMs: () => performance.now() }));
