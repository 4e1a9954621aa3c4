import { Worker } from 'node:worker_threads';
import { looksLikeMathRandom, predictLinear } from './predict.js';
import type { Prediction } from './predict.js';
import type { SumTask } from './sum-thread.js';

// With fewer the search hardly ever ends within a few seconds.
const sumIdsMin = 10;

// What the thread may take to start and to answer after its budget, before it is ended without an answer.
const graceMs = 1_000;

/**
 * Candidates for the id issued directly after `ids`, by whichever method finds any. The random search has a thread of its
 * own: seconds of it on the main thread would let the server close the connections that wait meanwhile.
 */
export async function predictInWorker(
  ids: readonly string[],
  budgetMs: number,
): Promise<readonly Prediction[]> {
  const predictions = predictLinear(ids);
  if (predictions.length > 0 || ids.length < sumIdsMin || !looksLikeMathRandom(ids)) return predictions;
  return predictSumInThread({ ids, budgetMs });
}

async function predictSumInThread(task: SumTask): Promise<readonly Prediction[]> {
  const worker = new Worker(entry, { workerData: task });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(resolve, task.budgetMs + graceMs, []);
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const fromSource = import.meta.url.endsWith('.ts');
const entry = new URL(fromSource ? './sum-thread.source.mjs' : './sum-thread.js', import.meta.url);
