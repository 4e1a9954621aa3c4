import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createZoo } from '../../../fixtures/mutants/zoo.js';
import { listen, type Listening } from '../../../fixtures/reference/listen.js';
import { readCatalogue } from '../../catalogue.js';
import type { RunOptions } from '../../model/run.js';
import { run } from '../../run.js';
import { mutantPeers, referencePeers } from '../mutants.js';
import { prove, type Peer } from '../prove.js';
import type { Row } from '../row.js';

const { suites, profiles, mutants } = await readCatalogue();
export const checks = suites.flatMap((suite) => suite.checks);

const examine = (options: RunOptions) => run({ checks, profiles, proven: new Set() }, options);
const peersAt = (origin: string) => [...referencePeers(origin), ...mutantPeers(mutants, origin)];

export async function proveOne(peer: Peer): Promise<Row | undefined> {
  const [row] = await prove([peer], { examine, parallel: 1 });
  return row;
}

/** Every second peer, so that two files of tests share the work between two processors. */
export function zooGate(half: 0 | 1): void {
  describe('each server of the zoo', () => {
    let listening: Listening;
    const zoo = createZoo();
    beforeAll(async () => {
      listening = await listen(zoo.handle);
    });
    afterAll(async () => {
      zoo.close();
      await listening.close();
    });
    const mine = peersAt('http://127.0.0.1').flatMap(({ name }, at) =>
      at % 2 === half ? [{ name, at }] : [],
    );

    it.concurrent.each(mine)('$name fails exactly as it must', { timeout: 120_000 }, async ({ at }) => {
      const peer = peersAt(`http://127.0.0.1:${listening.port}`)[at];
      const row = peer && (await proveOne(peer));
      expect(row?.wrong).toEqual([]);
    });
  });
}
