/** Numbers in [0,1) that follow from a text: the same seed and the same check draw the same numbers, apart from what else runs. */
export function randomFrom(text: string): () => number {
  let state = Array.from(text).reduce(
    (hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0,
    0x811c9dc5,
  );
  // Mulberry32: plenty for nonces and schedules, which need no secrecy.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `length` characters out of `alphabet`. */
export function draw(random: () => number, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

export const hexDigits = '0123456789abcdef';
