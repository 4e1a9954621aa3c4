import { addRows } from './gf2.js';
import type { Equation, Row } from './gf2.js';
import type { SymbolicState } from './symbolic.js';

/** An equation that is wrong with about 0.6 * 2^-depth. */
export interface LikelyEquation extends Equation {
  readonly depth: number;
}

/** Equal neighbouring bits of a sum. One carry decides about all equations they give, so those are wrong together. */
export interface Run {
  readonly length: number;
  /** The surest first. */
  readonly equations: readonly LikelyEquation[];
}

/**
 * What the leading bits of s0 + s1 tell about s0 and s1. A bit of the sum is a ^ b ^ carry, so each known carry gives one
 * linear equation. Suppose the carry into a bit is the opposite of that bit: then a and b differ, which hands the same
 * carry on. So in a run of equal bits a carry that is the opposite stays the opposite. One that is not means that a and b
 * are equal, either value being as likely, so half of those turn with each bit. Hence the deeper in a run, the surer:
 * measured wrong at depth 1 to 5 are 0.31, 0.16, 0.07, 0.036, 0.019.
 */
export function runsOf(bits: readonly number[], state: SymbolicState): readonly Run[] {
  const runs: Run[] = [];
  // Carries go from the lowest bit to the top, and the top has index 0.
  let lowest = bits.length - 1;
  for (let index = lowest - 1; index >= -1; index -= 1) {
    if (bits[index] === bits[lowest]) continue;
    const length = lowest - index;
    runs.push({ length, equations: equationsOf(lowest, length, bits, state) });
    lowest = index;
  }
  return runs;
}

function equationsOf(
  lowest: number,
  length: number,
  bits: readonly number[],
  state: SymbolicState,
): readonly LikelyEquation[] {
  const equations: LikelyEquation[] = [];
  for (let depth = 1; depth < length; depth += 1) {
    const row = difference(state, lowest - depth);
    if (row) equations.push({ row, sum: 1, depth });
  }
  // Above the run the bit is the carry itself, so there a and b are equal, and each is the carry into the bit above it.
  const above = lowest - length;
  const equal = difference(state, above);
  if (equal) equations.push({ row: equal, sum: 0, depth: length });
  const carry = state.s0[above];
  const beyond = difference(state, above - 1);
  const sum = bits[above - 1];
  if (carry && beyond && sum !== undefined)
    equations.push({ row: addRows(beyond, carry), sum, depth: length });
  return equations.toReversed();
}

function difference({ s0, s1 }: SymbolicState, index: number): Row | undefined {
  const [a, b] = [s0[index], s1[index]];
  return a && b && addRows(a, b);
}
