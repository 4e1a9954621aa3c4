/** Which of the 128 unknown bits a sum contains, 32 to a word; unknown 0 is the top bit of the first word. */
export type Row = readonly [number, number, number, number];

/** The unknowns in `row`, added modulo 2, give `sum`. */
export interface Equation {
  readonly row: Row;
  readonly sum: number;
}

const unknowns = 128;

/** The row that contains one unknown only. */
export function unitRow(unknown: number): Row {
  const word = (index: number): number => (unknown >> 5 === index ? topBit >>> (unknown & 31) : 0) | 0;
  return [word(0), word(1), word(2), word(3)];
}

const topBit = 0x8000_0000;

/** Sum of rows modulo 2. */
export function addRows(one: Row, other: Row): Row {
  return [one[0] ^ other[0], one[1] ^ other[1], one[2] ^ other[2], one[3] ^ other[3]];
}

/** Linear equations over GF(2), brought to echelon form as they arrive. */
export class LinearSystem {
  /** The equation, if any, whose first unknown is the index. */
  readonly #pivots: (Equation | undefined)[] = Array.from({ length: unknowns });
  #order = 0;

  /** False when the equation contradicts those before it; it is left out then. */
  add({ row, sum }: Equation): boolean {
    let [w0, w1, w2, w3] = row;
    let bit = sum;
    for (;;) {
      const first = firstUnknown(w0, w1, w2, w3);
      if (first === unknowns) return bit === 0;
      const pivot = this.#pivots[first];
      if (!pivot) {
        this.#pivots[first] = { row: [w0, w1, w2, w3], sum: bit };
        this.#order += 1;
        return true;
      }
      w0 ^= pivot.row[0];
      w1 ^= pivot.row[1];
      w2 ^= pivot.row[2];
      w3 ^= pivot.row[3];
      bit ^= pivot.sum;
    }
  }

  get isDetermined(): boolean {
    return this.#order === unknowns;
  }

  /** The unknowns that are 1, when there are enough equations to tell. */
  solution(): Row | undefined {
    if (!this.isDetermined) return undefined;
    let ones: Row = [0, 0, 0, 0];
    // Every equation speaks of its first unknown and later ones only, so the last unknown is known first.
    for (const [unknown, pivot] of [...this.#pivots.entries()].toReversed()) {
      if (pivot && (pivot.sum ^ productParity(pivot.row, ones)) === 1) ones = addRows(ones, unitRow(unknown));
    }
    return ones;
  }
}

function firstUnknown(w0: number, w1: number, w2: number, w3: number): number {
  if (w0 !== 0) return Math.clz32(w0);
  if (w1 !== 0) return 32 + Math.clz32(w1);
  if (w2 !== 0) return 64 + Math.clz32(w2);
  return 96 + Math.clz32(w3);
}

function productParity(one: Row, other: Row): number {
  const product = (one[0] & other[0]) ^ (one[1] & other[1]) ^ (one[2] & other[2]) ^ (one[3] & other[3]);
  let parity = product;
  for (const half of [16, 8, 4, 2, 1]) parity ^= parity >>> half;
  return parity & 1;
}
