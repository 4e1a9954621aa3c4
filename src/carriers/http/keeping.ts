/** What a carrier has learnt of a target that ends kept connections. */
export interface Keeping {
  /** Requests that went over a kept connection. */
  reused: number;
  /** Those that it ended before any byte of an answer, and that a new connection brought an answer to. */
  lost: number;
}

const lostMin = 3;
const lostShare = 0.1;

/** A target that ends many of them may have processed what it did not answer, so every request gets a new one then. */
export function isWorthKeeping({ reused, lost }: Keeping): boolean {
  return lost < lostMin || lost < reused * lostShare;
}
