import { parentPort, workerData } from 'node:worker_threads';
import { predictSum } from './predict.js';

/** What `predictInWorker` hands to this thread. */
export interface SumTask {
  readonly ids: readonly string[];
  readonly budgetMs: number;
}

const { ids, budgetMs }: SumTask = workerData;
parentPort?.postMessage(predictSum(ids, { budgetMs, random: Math.random, nowMs: () => performance.now() }));
