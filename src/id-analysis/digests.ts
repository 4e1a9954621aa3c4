import { hash } from 'node:crypto';
import { clocks, clocksWithCounters, counters, type Guess, type GuessContext, type Span } from './guesses.js';

/** What ids were issued beside. */
export interface DigestContext {
  /** Of the clock of the target, as far as it is known. */
  readonly nowMs: number;
  readonly spans: readonly Span[];
  /** How many were issued until the last of them, as far as it is known. */
  readonly issued?: number;
}

/**
 * What ids are digests of, where that can be searched for: a counter, alone or behind a usual word, a clock, or both. An id counts as
 * found by its first or last 48 bits, so that truncated ones are found, and those on which the marks of a UUID were put. One that is met
 * proves nothing; of the texts around it a second one has to make another id.
 */
export function digestOf(texts: readonly string[], context: DigestContext): string | undefined {
  const digits = texts.flatMap((text) => digitsOf(text) ?? []);
  const length = digits[0]?.length ?? 0;
  const isEqual = digits.length === texts.length && digits.every((each) => each.length === length);
  if (!isEqual || digits.length < enough) return undefined;
  const wanted = new Set(digits.map((each) => each.slice(0, comparedDigits)));
  const searched: GuessContext = { ...context, count: digits.length };
  const salts = digits.every((each) => /^.{12}[35]/.test(each)) ? namespaces : [none];
  for (const [algorithm, guesses] of plans(digits, length, searched)) {
    const matchOf = matcher(algorithm, length, wanted, salts);
    for (const { says, coarse, around } of guesses) {
      let place = 0;
      for (const text of coarse) {
        if (matchOf(text) !== undefined && countOf(around(place), matchOf) >= enough)
          return `${algorithm} of ${says}`;
        place += 1;
      }
    }
  }
  return undefined;
}

function countOf(texts: Iterable<string>, matchOf: (text: string) => string | undefined): number {
  const met = new Set<string>();
  for (const text of texts) {
    const match = matchOf(text);
    if (match !== undefined) met.add(match);
  }
  return met.size;
}

// As many bits are never met by chance, and fewer than eight digits tell nothing.
const comparedDigits = 12;
const digitsMin = 8;
const enough = 2;

const algorithms = ['md5', 'sha1', 'sha256'] as const;
type Algorithm = (typeof algorithms)[number];

/** Of which algorithm ids of so many digits are, unless they are truncated. */
const wholeDigits: Readonly<Record<number, Algorithm>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' };

/** What is tried for each algorithm, the likeliest first: much where ids look like digests of it, and little for random ones. */
function plans(
  digits: readonly string[],
  length: number,
  context: GuessContext,
): readonly (readonly [Algorithm, readonly Guess[]])[] {
  const isMarked = length === 32 && digits.every((each) => /^.{12}[345].{3}[89ab]/.test(each));
  const likely = isMarked || length < comparedDigits ? undefined : (wholeDigits[length] ?? 'sha256');
  return algorithms
    .toSorted((a, b) => Number(b === likely) - Number(a === likely))
    .map((algorithm) => [
      algorithm,
      [
        ...counters(context, algorithm === likely),
        ...(likely === undefined ? [] : clocks(context)),
        ...(algorithm === likely ? clocksWithCounters(context) : []),
      ],
    ]);
}

/** Which of the ids a text makes. */
function matcher(
  algorithm: Algorithm,
  length: number,
  wanted: ReadonlySet<string>,
  salts: readonly Buffer[],
): (text: string) => string | undefined {
  const width = Math.min(length, comparedDigits);
  const find = (digest: string) => {
    const first = digest.slice(0, width);
    if (wanted.has(first)) return first;
    // One that keeps the end of a digest begins within it.
    const from = digest.length - length;
    const last = from > 0 ? digest.slice(from, from + width) : first;
    return wanted.has(last) ? last : undefined;
  };
  const [salt] = salts;
  if (salts.length === 1 && salt?.length === 0) return (text) => find(hash(algorithm, text));
  return (text) => {
    for (const each of salts) {
      const found = find(hash(algorithm, Buffer.concat([each, Buffer.from(text)])));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Of UUIDs that are made of names, as RFC 9562 has them: for hosts, addresses, object identifiers and directories. */
const namespaces = ['0', '1', '2', '4'].map((digit) =>
  Buffer.from(`6ba7b81${digit}9dad11d180b400c04fd430c8`, 'hex'),
);
const none = Buffer.of();

/** Hexadecimal digits of what an id spells in hexadecimal, or in base64 of either alphabet. */
function digitsOf(text: string): string | undefined {
  if (/^[0-9a-f]+$/i.test(text)) return text.length < digitsMin ? undefined : text.toLowerCase();
  const bytes = /^[\w+/-]+=*$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return bytes === undefined || bytes.length * 2 < digitsMin ? undefined : bytes.toString('hex');
}

/** What ids say in plain text, where all of them are base64 or hexadecimal digits of such. */
export function plainTexts(ids: readonly string[]): readonly string[] | undefined {
  for (const encoding of ['hex', 'base64'] as const) {
    if (!ids.every((id) => spelled[encoding].test(id))) continue;
    const texts = ids.map((id) => Buffer.from(id, encoding).toString('latin1'));
    if (texts.every((text) => /^[\x20-\x7e]{2,}$/.test(text))) return texts;
  }
  return undefined;
}

const spelled = { hex: /^(?:[0-9a-f]{2})+$/i, base64: /^[\w+/-]+={0,2}$/ } as const;
