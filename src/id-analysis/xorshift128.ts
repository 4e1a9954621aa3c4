import { addRows, unitRow } from './gf2.js';
import type { Row } from './gf2.js';

/** The bits of the first word after a step, top bit first, each as a sum of the 128 bits that the generator started with. */
export type SymbolicWord = readonly Row[];

interface SymbolicState {
  readonly s0: SymbolicWord;
  readonly s1: SymbolicWord;
}

const wordBits = 64;

const start: SymbolicState = {
  s0: Array.from({ length: wordBits }, (_, bit) => unitRow(bit)),
  s1: Array.from({ length: wordBits }, (_, bit) => unitRow(wordBits + bit)),
};

/** xorshift128+ run on unknowns: gives the first word after each step from 0 on. */
export function symbolicGenerator(): (step: number) => SymbolicWord {
  const made: SymbolicState[] = [];
  return (wanted) => {
    for (let state = made.at(-1) ?? start; made.length <= wanted;) made.push((state = stepped(state)));
    return made[wanted]?.s0 ?? [];
  };
}

// The recurrence is from S. Vigna, "Further scramblings of Marsaglia's xorshift generators" (arXiv:1404.0390), with
// the shifts 23, 17, 26 that V8 chose (XorShift128 in src/base/utils/random-number-generator.h). Shifts and exclusive or
// move and add bits, so each bit stays a plain sum.
function stepped({ s0, s1 }: SymbolicState): SymbolicState {
  const spread = xor(s0, shiftedLeft(s0, 23));
  return { s0: s1, s1: [shiftedRight(spread, 17), s1, shiftedRight(s1, 26)].reduce(xor, spread) };
}

type SymbolicBits = readonly (Row | undefined)[];

function shiftedLeft(bits: SymbolicWord, by: number): SymbolicBits {
  return bits.slice(by);
}

function shiftedRight(bits: SymbolicWord, by: number): SymbolicBits {
  return [...Array.from({ length: by }, () => undefined), ...bits];
}

function xor(bits: SymbolicWord, others: SymbolicBits): SymbolicWord {
  return bits.map((bit, index) => {
    const other = others[index];
    return other ? addRows(bit, other) : bit;
  });
}
