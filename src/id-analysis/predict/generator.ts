import type { State } from './xorshift.js';

/** How a version of V8 turns the state into a number: from which word, and how many bits of it. */
export type Generator = 'v8-52' | 'v8-53' | 'v8-sum-53';

// ToDouble in V8's src/base/utils/random-number-generator.h, compared with `node --random-seed` on each version.
const numberOf = {
  // V8 up to 12.4: Node 20 and 22.
  'v8-52': ({ s0 }) => Number(s0 >> 12n) / 2 ** 52,
  // V8 13.6: Node 24.
  'v8-53': ({ s0 }) => Number(s0 >> 11n) / 2 ** 53,
  // V8 14.6: Node 26, the first that adds the two words, as the "+" in the generator's name asks for.
  'v8-sum-53': ({ s0, s1 }) => Number(BigInt.asUintN(64, s0 + s1) >> 11n) / 2 ** 53,
} satisfies Record<Generator, (state: State) => number>;

/** The id that a state gives, cut to `lengthMax` characters. */
export function idOf(state: State, generator: Generator, lengthMax: number): string {
  return numberOf[generator](state)
    .toString(36)
    .slice(2, 2 + lengthMax);
}

/** Calls that V8 serves from one block of numbers made in advance (kCacheSize in src/numbers/math-random.h). */
export const callsPerBlock = 64;

/**
 * The step of the generator that serves a call, both counted from the start of a block. V8 fills a block in order and
 * hands it out from the end (src/numbers/math-random.cc).
 */
export function stepOfCall(call: number): number {
  const place = call % callsPerBlock;
  return call - place + (callsPerBlock - 1 - place);
}
