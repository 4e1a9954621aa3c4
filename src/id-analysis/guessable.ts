import type { Finds } from '../model/transcript.js';
import { congruential, strides } from './congruential.js';
import { digestOf, plainTexts, type DigestContext } from './digests.js';
import { spelledBy } from './math-random.js';
import { partsOf } from './parts.js';
import type { Part } from './parts.js';

/**
 * Fewer bits than this can be searched for; OWASP's Session Management Cheat Sheet asks for no less. They must come from
 * what is neither known nor computable, so a clock, a counter or Math.random beside them does no harm, and adds nothing.
 */
const bitsMin = 64;

/** What is left to guess of an id after all that can be known or computed from others, and what each part of it is. */
export function guessable(
  ids: readonly string[],
  { nowMs, spans = [], ...context }: Partial<DigestContext> & Pick<DigestContext, 'nowMs'>,
): Finds {
  const texts = plainTexts(ids) ?? ids;
  const looks = isVersion1(texts)
    ? [computed('a UUID of version 1')]
    : partsOf(texts, nowMs).map((part) => look(part, { ...context, nowMs, spans }));
  const bits = Math.floor(looks.reduce((sum, each) => sum + each.bits, 0));
  return { guessable: bits < bitsMin, bits, parts: looks.map(({ says }) => says).join(' + ') };
}

function isVersion1(ids: readonly string[]): boolean {
  return ids.length > 0 && ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-/i.test(id));
}

interface Guess {
  /** Left to guess. */
  readonly bits: number;
  readonly says: string;
}

const computed = (says: string): Guess => ({ bits: 0, says });

function look({ texts, clock }: Part, context: DigestContext): Guess {
  if (clock !== undefined) return computed(`a clock (${clock})`);
  const bits = variety(texts);
  if (bits === 0) return computed(texts.length === 0 ? 'nothing' : 'a constant');
  const rising = bitsOfSteps(texts);
  if (rising !== undefined && rising < bits) return { bits: rising, says: 'a counter' };
  if (strides(texts)) return computed('a number that grows by the same step');
  if (congruential(texts)) return computed('a linear congruential generator');
  const spelling = spelledBy(texts, bits);
  if (spelling) return computed(`Math.random, whose next output was computed (${spelling.says})`);
  const digest = digestOf(texts, context);
  return digest === undefined
    ? { bits, says: `${Math.floor(bits)} bits that nothing explains` }
    : computed(digest);
}

/**
 * Bits of variety, position by position: the size of the alphabet where a position uses it, else what was seen there. Sixteen ids show
 * less than half of sixteen digits at one position in a hundred, and an id of 64 random bits has sixteen positions.
 */
function variety(texts: readonly string[]): number {
  const alphabet = alphabetSize(texts);
  const [first = ''] = texts;
  const length = Math.min(first.length, ...texts.map((text) => text.length));
  let bits = 0;
  for (let at = 0; at < length; at += 1) {
    const symbols = new Set(texts.map((text) => text[at])).size;
    const isUsed = symbols >= Math.min(texts.length, alphabet) / 3 && (symbols > 1 || texts.length === 1);
    bits += Math.log2(isUsed ? alphabet : symbols);
  }
  return bits;
}

function alphabetSize(texts: readonly string[]): number {
  const all = texts.join('');
  if (/^[0-9-]*$/.test(all)) return 10;
  if (/^[0-9a-f-]*$/i.test(all)) return 16;
  if (/^[0-9a-z-]*$/.test(all) || /^[0-9A-Z-]*$/.test(all)) return 36;
  return 62;
}

/** Of numbers that only go up, or only down, the next is as far away as the largest step so far. */
function bitsOfSteps(texts: readonly string[]): number | undefined {
  if (!texts.every((text) => /^[0-9a-z]+$/.test(text))) return undefined;
  const base = BigInt(alphabetSize(texts));
  const values = texts.map((text) =>
    text.split('').reduce((value, digit) => value * base + BigInt(Number.parseInt(digit, 36)), 0n),
  );
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0n));
  const isRun = steps.length > 1 && (steps.every((step) => step > 0n) || steps.every((step) => step < 0n));
  const sizes = steps.map((step) => step.toString(2).replace('-', '').length - 1);
  return isRun ? Math.max(...sizes) : undefined;
}
