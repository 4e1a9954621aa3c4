import type { Facts } from './facts.js';
import type { StateProbe } from './request.js';

/** A pair whose reading changes nothing, however it shows what was written. */
export function keptIn({ state, words }: Facts['probes']): StateProbe | undefined {
  return words ?? (state?.count === undefined ? undefined : state);
}
