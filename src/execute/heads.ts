/** How late the heads of streams come that are opened by GET: some networks are late with them alone. */
export interface Heads {
  /** Told how long one took. */
  readonly came: (tookMs: number) => void;
  /** How long to wait for one at least. */
  readonly leastMs: () => number;
}

/** As many times as long as the slowest one took, within a bound. */
const timesSlowest = 2;
const leastMaxMs = 10_000;

export function createHeads(): Heads {
  let slowestMs = 0;
  return {
    came(tookMs) {
      slowestMs = Math.max(slowestMs, tookMs);
    },
    leastMs: () => Math.min(timesSlowest * slowestMs, leastMaxMs),
  };
}
