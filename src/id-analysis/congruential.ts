/**
 * Whether the ids come from x' = a·x + c mod m, all three unknown: the words of each id one after the other, or each id as a
 * whole after the one before. However many steps lie between two words, one is such a function of the other, the same in
 * every id; so it does not matter what other clients drew between the ids. A whole id needs a few that no other client came between.
 * (J. Boyar, "Inferring sequences produced by pseudo-random number generators", J. ACM 36, 1989, finds m from differences.)
 */
export function congruential(ids: readonly string[]): boolean {
  const hexes = hexadecimal(ids);
  const whole = numbersOf(hexes);
  const successive = whole.slice(1).map((next, index): Point => [whole[index] ?? 0n, next]);
  return (
    [8, 16].some((digits) => restFollowsFromFirst(hexWords(hexes, digits))) ||
    windows(successive, pointsMin).some(onOneLine)
  );
}

/** Whether a few ids in a row are apart by one step, of any size, modulo the count of ids that long. */
export function strides(ids: readonly string[]): boolean {
  const hexes = hexadecimal(ids);
  const whole = numbersOf(hexes);
  const bits = 4 * (hexes[0]?.length ?? 0);
  const steps = whole.slice(1).map((next, index) => BigInt.asUintN(bits, next - (whole[index] ?? 0n)));
  return windows(steps, stepsMin).some((window) => new Set(window).size === 1);
}

// Random numbers of 64 bits repeat a step five times once in 2^320.
const stepsMin = 6;

// Below 64 bits ids are short with any generator; far above, big numbers cost time.
const digitsAtEnd = /(?:[0-9a-f]-?){16,128}$/i;

/** Whole words of digits at the end of each id, no id twice; [] where the ids have another form or differ before as well. */
function hexadecimal(ids: readonly string[]): readonly string[] {
  const distinct = [...new Set(ids)];
  const hexes = distinct.map((id) => (digitsAtEnd.exec(id)?.[0] ?? '').replaceAll('-', ''));
  const length = hexes[0]?.length ?? 0;
  const isAlike = new Set(distinct.map((id) => id.replace(digitsAtEnd, ''))).size === 1;
  return isAlike && length > 0 && hexes.every((hex) => hex.length === length)
    ? hexes.map((hex) => hex.slice(length % 8))
    : [];
}

function numbersOf(hexes: readonly string[]): readonly bigint[] {
  return hexes.map((hex) => BigInt(`0x${hex}`));
}

/** For each place of a word the words that stand there, without places where a UUID has its version or its variant. */
function hexWords(hexes: readonly string[], digits: number): readonly (readonly bigint[])[] {
  const length = hexes[0]?.length ?? 0;
  const marks = hexes.every((hex) => /^.{12}[1-8].{3}[89ab].{15}$/i.test(hex)) ? [12, 16] : [];
  return Array.from({ length: Math.floor(length / digits) }, (_, word) => (length % digits) + word * digits)
    .filter((start) => !marks.some((mark) => mark >= start && mark < start + digits))
    .map((start) => numbersOf(hexes.map((hex) => hex.slice(start, start + digits))));
}

/** All the rest, since an id of which only some words follow from others may still have enough that is random. */
function restFollowsFromFirst([first = [], ...rest]: readonly (readonly bigint[])[]): boolean {
  return (
    rest.length > 0 && rest.every((word) => onOneLine(word.map((y, index): Point => [first[index] ?? 0n, y])))
  );
}

type Point = readonly [x: bigint, y: bigint];

// Where y is random, for any x, the other six points lie on a line through two of them modulo q once in q^6. Summed over
// all q from 2^24 that is about once in 2^120.
const pointsMin = 8;
const modulusMin = 2n ** 24n;

/**
 * Whether y = a·x + c mod m for all points and some m, a and c. The determinant of any two differences is then a multiple of m.
 * What divides all determinants is m, where there is one, or else small.
 */
function onOneLine(points: readonly Point[]): boolean {
  if (points.length < pointsMin) return false;
  const xs = offsets(points.map(([x]) => x));
  const ys = offsets(points.map(([, y]) => y));
  let modulus = 0n;
  for (const [i, x] of xs.entries()) {
    for (let j = 0; j < i; j += 1) {
      modulus = gcd(modulus, x * (ys[j] ?? 0n) - (xs[j] ?? 0n) * (ys[i] ?? 0n));
      if (modulus !== 0n && modulus < modulusMin) return false;
    }
  }
  // A smaller one explains the low bits only. It is 0 for copies, constants and plain sums, which generate nothing.
  return ys.every((y) => ys.every((other) => y - other < modulus));
}

/** From the first, without their common divisor: low bits that stand still in both words would pass for a modulus. */
function offsets(values: readonly bigint[]): readonly bigint[] {
  const all = values.map((value) => value - (values[0] ?? 0n));
  const common = all.reduce(gcd, 0n);
  return common === 0n ? all : all.map((each) => each / common);
}

function gcd(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function windows<T>(list: readonly T[], length: number): readonly (readonly T[])[] {
  return list.slice(length - 1).map((_, start) => list.slice(start, start + length));
}
