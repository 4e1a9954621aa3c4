/** One of several parts of a run, from 1; each has its own checks, and none is in two. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}
