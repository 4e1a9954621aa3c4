import { LinearSystem, sumOf } from './gf2.js';
import type { Row } from './gf2.js';
import { readingsOf } from './spellings.js';
import type { Bits, Reading, Spelling } from './spellings.js';
import { symbolicGenerator } from './xorshift128.js';
import type { SymbolicWord } from './xorshift128.js';

/**
 * How texts, in order of issue, were made of V8's `Math.random`; undefined where that is not proven. The proof: from some
 * texts in a row the state of the generator is computed, and from the state the texts that were issued next, whole.
 * V8 up to 13.6 (Node 24) takes a number from the top bits of one word of the state, so every known bit of a number is a
 * linear equation in the 128 bits that the state began with. From 14.6 (Node 26) it adds both words; that is not solved here.
 * The work is bounded by the number of hypotheses; a hypothesis that is wrong contradicts itself soon after 128 equations.
 */
export function spelledBy(texts: readonly string[], bitsOfText: number): Spelling | undefined {
  if (texts.some(({ length }) => length > lengthMax)) return undefined;
  const proofs = Math.ceil(proofBits / bitsOfText);
  const after = symbolicGenerator();
  for (const reading of readingsOf(texts)) {
    const found = search(texts.slice(-textsMax), reading, proofs, after);
    if (found) return found;
  }
  return undefined;
}

// A target may send ids of any length, and the generator is run as far as they reach.
const lengthMax = 128;

// Enough where a text tells 25 bits. The latest, since what is made once, with the first ids, may have drawn numbers too.
const textsMax = 12;

// There are at most some 2^15 hypotheses, so a wrong one predicts this much by chance once in 2^49 analyses.
const proofBits = 64;

/** Calls of Math.random for something else between two texts: a few, or those that some more such texts take. */
function otherCalls(calls: number): readonly number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2 * calls, 3 * calls, 4 * calls, calls];
}

/** Calls that V8 serves from one block of numbers made in advance (kCacheSize in src/numbers/math-random.h). */
const callsPerBlock = 64;

type After = (step: number) => SymbolicWord;

function search(
  texts: readonly string[],
  { read, spellings }: Reading,
  proofs: number,
  after: After,
): Spelling | undefined {
  const known = texts.slice(0, texts.length - proofs).map(read);
  const solve = solver(known, after);
  const strides = spellings.flatMap(({ calls }) => otherCalls(calls).map((others) => calls + others));
  for (const stride of [...new Set(strides)].sort((one, other) => one - other)) {
    for (let firstCall = 0; firstCall < callsPerBlock; firstCall += 1) {
      const solved = solve(firstCall, stride);
      if (!solved) continue;
      const wordOf = (text: number, call: number) => after(stepOfCall(firstCall + text * stride + call));
      const found = spellings.find(
        (spelling) =>
          spelling.calls <= stride &&
          predicts(spelling, texts.slice(0, solved.texts + proofs), solved, wordOf),
      );
      if (found) return found;
    }
  }
  return undefined;
}

type WordOf = (text: number, call: number) => SymbolicWord;

interface Solved {
  /** The bits of the state that are 1. */
  readonly ones: Row;
  /** How many texts it took. */
  readonly texts: number;
}

type Solve = (firstCall: number, stride: number) => Solved | undefined;

/**
 * What the first text says depends on where it begins and on no stride. It is most of what there is to solve, so it is worked out once
 * for all strides.
 */
function solver([first, ...others]: readonly (readonly Bits[])[], after: After): Solve {
  const begun: (LinearSystem | undefined)[] = [];
  const begin = (firstCall: number): LinearSystem | undefined => {
    const system = new LinearSystem();
    return first && learns(system, first, firstCall, after) ? system : undefined;
  };
  const system = new LinearSystem();
  return (firstCall, stride) => {
    if (!(firstCall in begun)) begun[firstCall] = begin(firstCall);
    const from = begun[firstCall];
    if (from === undefined) return undefined;
    system.become(from);
    let call = firstCall;
    let texts = 1;
    for (const numbers of others) {
      const ones = system.solution();
      if (ones) return { ones, texts };
      call += stride;
      texts += 1;
      if (!learns(system, numbers, call, after)) return undefined;
    }
    const ones = system.solution();
    return ones && { ones, texts };
  };
}

/** Adds what a text says whose first number is of this call; false where that contradicts what came before. */
function learns(system: LinearSystem, numbers: readonly Bits[], call: number, after: After): boolean {
  for (const [index, bits] of numbers.entries()) {
    const word = after(stepOfCall(call + index));
    for (let place = 0; place < bits.length; place += 1) {
      const row = word[place];
      const sum = bits[place];
      if (row && sum !== undefined && !system.add(row, sum)) return false;
    }
  }
  return true;
}

/** Whether the state gives all texts, those too from which it was not computed. */
function predicts(
  { calls, write }: Spelling,
  texts: readonly string[],
  { ones }: Solved,
  wordOf: WordOf,
): boolean {
  return numberBits.some((width) =>
    texts.every((text, index) => {
      const numbers = Array.from({ length: calls }, (_, call) =>
        numberFrom(wordOf(index, call), ones, width),
      );
      return write(numbers) === text;
    }),
  );
}

// ToDouble in V8's src/base/utils/random-number-generator.h, compared with `node --random-seed`: Node 20 and 22, Node 24.
const numberBits = [52, 53];

function numberFrom(word: SymbolicWord, ones: Row, width: number): number {
  return word.slice(0, width).reduceRight((number, row) => (number + sumOf(row, ones)) / 2, 0);
}

/**
 * The step of the generator that serves a call, both counted from the start of a block. V8 fills a block in order and
 * hands it out from the end (src/numbers/math-random.cc).
 */
export function stepOfCall(call: number): number {
  const place = call % callsPerBlock;
  return call - place + (callsPerBlock - 1 - place);
}
