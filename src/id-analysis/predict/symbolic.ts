import { addRows, unitRow } from './gf2.js';
import type { Row } from './gf2.js';
import type { State } from './xorshift.js';

/** Each bit of both words, top bit first, as a sum of the 128 bits that the generator started with. */
export interface SymbolicState {
  readonly s0: readonly Row[];
  readonly s1: readonly Row[];
}

const wordBits = 64;

/** The generator run on unknowns: gives the state after each step from 0 on. */
export function symbolicGenerator(): (step: number) => SymbolicState {
  const made: SymbolicState[] = [];
  const after = (wanted: number): SymbolicState => {
    const known = made[wanted];
    if (known) return known;
    made.push(stepSymbolically(made.at(-1) ?? start));
    return after(wanted);
  };
  return after;
}

/** The state that a solution for the unknowns stands for. */
export function stateFrom([s0High, s0Low, s1High, s1Low]: Row): State {
  return { s0: joined(s0High, s0Low), s1: joined(s1High, s1Low) };
}

const joined = (high: number, low: number): bigint =>
  (BigInt.asUintN(32, BigInt(high)) << 32n) | BigInt.asUintN(32, BigInt(low));

const start: SymbolicState = {
  s0: Array.from({ length: wordBits }, (_, bit) => unitRow(bit)),
  s1: Array.from({ length: wordBits }, (_, bit) => unitRow(wordBits + bit)),
};

// The same lines as `step` in xorshift.ts. Shifts and exclusive or move and add bits, so each bit stays a plain sum.
function stepSymbolically({ s0, s1 }: SymbolicState): SymbolicState {
  const spread = xor(s0, shiftedLeft(s0, 23));
  return { s0: s1, s1: [shiftedRight(spread, 17), s1, shiftedRight(s1, 26)].reduce(xor, spread) };
}

type Bits = readonly (Row | undefined)[];

function shiftedLeft(bits: readonly Row[], by: number): Bits {
  return bits.slice(by);
}

function shiftedRight(bits: readonly Row[], by: number): Bits {
  return [...Array.from({ length: by }, () => undefined), ...bits];
}

function xor(bits: readonly Row[], others: Bits): readonly Row[] {
  return bits.map((bit, index) => {
    const other = others[index];
    return other ? addRows(bit, other) : bit;
  });
}
