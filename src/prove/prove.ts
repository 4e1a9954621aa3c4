import pLimit from 'p-limit';
import type { Run } from '../model/report.js';
import type { Examined } from '../model/suite.js';
import { defaultsOver, type RunOptions } from '../model/run.js';

/** A server of ours about which it is known beforehand what a run must say. */
export interface Peer {
  readonly name: string;
  readonly options: Pick<RunOptions, 'address'> & Partial<RunOptions>;
  /** Where a server that was not there before is examined once more when nothing but a miss was wrong: what did not come is asked for again. */
  readonly again?: Peer['options'] | undefined;
  /** Makes its choices at random, as the runs of users do; a row that is wrong tells the seed. */
  readonly isSeedFree?: true;
  /** Which checks are run, where not all are. */
  readonly isExamined?: (check: Examined) => boolean;
  /** What was expected beside what came. */
  readonly row: (run: Run, ms: number) => ProofRow;
}

export interface Proving {
  readonly examine: (options: RunOptions, isExamined: (check: Examined) => boolean) => Promise<Run>;
  /** Runs under way at once. */
  readonly parallel: number;
  readonly done?: (row: ProofRow) => void;
}

/** Examines every peer and gives a row for each, in their order. Rejects when the harness itself fails. */
export async function prove(
  peers: readonly Peer[],
  { examine, parallel, done }: Proving,
): Promise<readonly ProofRow[]> {
  const limit = pLimit(parallel);
  const examineAt = async (options: Peer['options'], peer: Peer): Promise<ProofRow> => {
    const { row, isSeedFree, isExamined = all } = peer;
    const startedMs = performance.now();
    const run = await examine(
      { ...defaultsOver(options.address.kind), ...(!isSeedFree && { seed }), ...options },
      isExamined,
    );
    const made = row(run, Math.round(performance.now() - startedMs));
    return isSeedFree ? { ...made, wrong: made.wrong.map(withSeed(run)) } : made;
  };
  const examineOne = async (peer: Peer): Promise<ProofRow> => {
    const first = await examineAt(peer.options, peer);
    const isAsked = first.isMiss === true && peer.again !== undefined;
    const row = isAsked ? { ...(await examineAt(peer.again, peer)), missed: first.wrong } : first;
    done?.(row);
    return row;
  };
  return Promise.all(peers.map((peer) => limit(examineOne, peer)));
}

function withSeed({ report }: Run): (sentence: string) => string {
  return (sentence) => `${sentence} (seed ${report.seed})`;
}

const all = () => true;

/** The same choices in each proof: what then differs from one to the next is a flaw of the harness. */
const seed = 1;

export const groups = ['reference', 'mutant', 'default-run', 'case', 'null', 'hostile'] as const;
export type Group = (typeof groups)[number];

/** What was expected of one peer, beside what came. */
export interface ProofRow {
  readonly group: Group;
  readonly name: string;
  /** Ids of checks, or a few words. */
  readonly expected: readonly string[];
  readonly came: readonly string[];
  /** One sentence for each difference; none where the proof holds. */
  readonly wrong: readonly string[];
  /** All that is wrong is that something did not come. */
  readonly isMiss?: true;
  /** What did not come at first, where it was asked for again. */
  readonly missed?: readonly string[];
  readonly ms: number;
  /** The most memory the process held that examined the peer, where it had one of its own. */
  readonly peakMiB?: number;
}
