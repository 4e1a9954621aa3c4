export const groups = ['reference', 'mutant', 'null', 'hostile'] as const;
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
  readonly ms: number;
  /** The most memory the process held that examined the peer, where it had one of its own. */
  readonly peakMiB?: number;
}
