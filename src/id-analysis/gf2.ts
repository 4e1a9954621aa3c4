/** Which of the 128 unknown bits a sum contains, 32 to a word; unknown 0 is the top bit of the first word. */
export type Row = readonly [number, number, number, number];

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

/** What the unknowns in `row` add up to, when these are the ones that are 1. */
export function sumOf(row: Row, ones: Row): number {
  const product = (row[0] & ones[0]) ^ (row[1] & ones[1]) ^ (row[2] & ones[2]) ^ (row[3] & ones[3]);
  let parity = product;
  for (const half of [16, 8, 4, 2, 1]) parity ^= parity >>> half;
  return parity & 1;
}

/** Linear equations over GF(2), brought to echelon form as they arrive. */
export class LinearSystem {
  /** Four words for each unknown: the equation, if any, of which it is the first. Flat, since a search adds millions. */
  readonly #rows = new Int32Array(unknowns * 4);
  readonly #sums = new Int8Array(unknowns).fill(-1);
  #rank = 0;

  /**
   * The unknowns in `row`, added modulo 2, give `sum`. False when that contradicts what came before; it is left out then. Most of the
   * analysis of ids is this, so it makes no objects.
   */
  add(row: Row, sum: number): boolean {
    const rows = this.#rows;
    const sums = this.#sums;
    let w0 = row[0];
    let w1 = row[1];
    let w2 = row[2];
    let w3 = row[3];
    let bit = sum;
    for (;;) {
      const first = firstUnknown(w0, w1, w2, w3);
      if (first === unknowns) return bit === 0;
      const known = sums[first] ?? -1;
      const at = first * 4;
      if (known < 0) {
        rows[at] = w0;
        rows[at + 1] = w1;
        rows[at + 2] = w2;
        rows[at + 3] = w3;
        sums[first] = bit;
        this.#rank += 1;
        return true;
      }
      w0 ^= rows[at] ?? 0;
      w1 ^= rows[at + 1] ?? 0;
      w2 ^= rows[at + 2] ?? 0;
      w3 ^= rows[at + 3] ?? 0;
      bit ^= known;
    }
  }

  /** Makes the equations of this system those of another one. */
  become(other: LinearSystem): void {
    this.#rows.set(other.#rows);
    this.#sums.set(other.#sums);
    this.#rank = other.#rank;
  }

  /** The unknowns that are 1, when there are enough equations to tell. */
  solution(): Row | undefined {
    if (this.#rank < unknowns) return undefined;
    let ones: Row = [0, 0, 0, 0];
    // Every equation speaks of its first unknown and later ones only, so the last unknown is known first.
    for (let unknown = unknowns - 1; unknown >= 0; unknown -= 1) {
      const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = this.#rows.subarray(unknown * 4);
      if ((this.#sums[unknown] ?? 0) !== sumOf([w0, w1, w2, w3], ones))
        ones = addRows(ones, unitRow(unknown));
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
