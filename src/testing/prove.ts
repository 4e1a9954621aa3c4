import { readCatalogue } from '../catalogue.js';
export { loadCases } from '../load/index.js';
import type { RunOptions } from '../model/run.js';
import { run } from '../run/run.js';
import { prove, type Peer, type ProofRow } from '../prove/prove.js';

const { suites, profiles } = await readCatalogue();
const checks = suites.flatMap((suite) => suite.checks);
const examine = (options: RunOptions) => run({ checks, profiles, proven: new Set() }, options);

/** Examines one peer within this process. */
export async function proveOne(peer: Peer): Promise<ProofRow | undefined> {
  const [row] = await prove([peer], { examine, parallel: 1 });
  return row;
}
