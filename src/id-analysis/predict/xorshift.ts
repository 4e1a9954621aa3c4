/** The two 64-bit words of xorshift128+. */
export interface State {
  readonly s0: bigint;
  readonly s1: bigint;
}

/** The state after this many more steps. */
export function advance(state: State, steps: number): State {
  let current = state;
  for (let done = 0; done < steps; done += 1) current = step(current);
  return current;
}

// The recurrence is from S. Vigna, "Further scramblings of Marsaglia's xorshift generators" (arXiv:1404.0390), with
// the shifts 23, 17, 26 that V8 chose (XorShift128 in src/base/utils/random-number-generator.h).
function step({ s0, s1 }: State): State {
  const spread = BigInt.asUintN(64, s0 ^ (s0 << 23n));
  return { s0: s1, s1: spread ^ (spread >> 17n) ^ s1 ^ (s1 >> 26n) };
}
