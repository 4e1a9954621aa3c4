import pLimit from 'p-limit';
import type { Case } from '../../model/catalogue.js';
import { casePeer } from '../../prove/cases.js';
import type { Peer, ProofRow } from '../../prove/prove.js';
import type { Io } from '../output/io.js';
import { withFixture } from './fixture.js';

const casesAtOnce = 4;

/** Each case has a process of its own, since some of them end it. */
export async function proveCases(
  cases: readonly Case[],
  io: Io,
  examine: (peers: readonly Peer[]) => Promise<readonly ProofRow[]>,
): Promise<readonly ProofRow[]> {
  const limit = pLimit(casesAtOnce);
  const proveCase = (one: Case) =>
    withFixture(`${one.servedBy}/main.js`, 'mcp', io, ({ url }) => examine([casePeer(one, url)]), [
      '--case',
      one.name,
    ]);
  return (await Promise.all(cases.map((one) => limit(proveCase, one)))).flat();
}
