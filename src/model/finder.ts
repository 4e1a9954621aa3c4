/** Finds known texts in other texts, however many are known: the work grows with the text alone. */
export interface Finder {
  /** A text that `find` gives back as `id`. */
  add(text: string, id: string): void;
  /** The longest known text that begins at a place of another text, with what it stands for. */
  at(text: string, place: number): Found | undefined;
  /** Whether a known text may begin with the characters of this hash. */
  mayBegin(hash: number): boolean;
}

export interface Found {
  readonly id: string;
  readonly length: number;
}

/** Where a known text stands. */
export interface Place extends Found {
  readonly from: number;
}

/** A shorter text would be found in any other by chance. */
const findableLength = 6;

/** A short number stands in many texts by chance, and where JSON has it as a number a pseudonym would spoil the JSON. */
const isCommon = /^\d{1,11}$/;

export function createFinder(): Finder {
  // One bit for each hash: most places of a text are passed by a look at it.
  const hashes = new Uint32Array(hashCount >> 5);
  const lengths = new Map<string, readonly number[]>();
  const ids = new Map<string, string>();
  return {
    add(text, id) {
      if (text.length < findableLength || isCommon.test(text) || ids.has(text)) return;
      ids.set(text, id);
      const head = text.slice(0, findableLength);
      const known = lengths.get(head) ?? [];
      if (!known.includes(text.length))
        lengths.set(
          head,
          [...known, text.length].toSorted((a, b) => b - a),
        );
      const bit = bitOf(hashOf(text, 0));
      hashes[bit >> 5] = (hashes[bit >> 5] ?? 0) | (1 << (bit & 31));
    },
    mayBegin(hash) {
      const bit = bitOf(hash);
      return ((hashes[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0;
    },
    at(text, place) {
      for (const length of lengths.get(text.slice(place, place + findableLength)) ?? []) {
        const id = ids.get(text.slice(place, place + length));
        if (id !== undefined) return { id, length };
      }
      return undefined;
    },
  };
}

/** Where texts that these finders know stand, in order and without overlaps; of two that begin at one place the longer one. */
export function placesIn(text: string, finders: readonly Finder[]): readonly Place[] {
  const places: Place[] = [];
  const last = text.length - findableLength;
  if (last < 0) return places;
  let hash = hashOf(text, 0);
  let free = 0;
  for (let from = 0; ; from += 1) {
    if (from >= free) {
      const found = longest(text, from, hash, finders);
      if (found !== undefined) places.push({ ...found, from });
      free = found === undefined ? from : from + found.length;
    }
    if (from >= last) return places;
    hash = rolled(hash, text.charCodeAt(from), text.charCodeAt(from + findableLength));
  }
}

function longest(text: string, from: number, hash: number, finders: readonly Finder[]): Found | undefined {
  let best: Found | undefined;
  for (const finder of finders) {
    if (!finder.mayBegin(hash)) continue;
    const found = finder.at(text, from);
    if (found !== undefined && found.length > (best?.length ?? 0)) best = found;
  }
  return best;
}

const factor = 0x01_00_01_93;
// What the first character of a window counts, by which it is taken away again.
const leading = Array.from({ length: findableLength - 1 }).reduce<number>(
  (power) => Math.imul(power, factor),
  1,
);
const hashCount = 1 << 17;

function hashOf(text: string, from: number): number {
  let hash = 0;
  for (let i = from; i < from + findableLength; i += 1)
    hash = (Math.imul(hash, factor) + text.charCodeAt(i)) | 0;
  return hash;
}

function rolled(hash: number, gone: number, next: number): number {
  return (Math.imul(hash - Math.imul(gone, leading), factor) + next) | 0;
}

function bitOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (hashCount - 1);
}

/** The text with what stands at each place said otherwise. */
export function replaced(text: string, places: readonly Place[], by: (id: string) => string): string {
  if (places.length === 0) return text;
  let from = 0;
  let result = '';
  for (const place of places) {
    result += text.slice(from, place.from) + by(place.id);
    from = place.from + place.length;
  }
  return result + text.slice(from);
}
