import { nearest, suggestion } from '../../load/schema/nearest.js';
import { Mistake } from '../mistake.js';

/** One of the known words, or a mistake that suggests the nearest. */
export function choice<T extends string>(what: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  throw new Mistake(`${what} ${JSON.stringify(word)} is unknown${suggestion(word, known)}`);
}

/** The nearest name of a check or a tag. A list of all would be too long. */
export function suggestedName(word: string, known: readonly string[]): string {
  if (known.length < listedMax) return suggestion(word, known);
  const meant = nearest(word, known);
  return `;${meant === undefined ? '' : ` did you mean \`${meant}\`?`} see sessionspec list`;
}

const listedMax = 12;

/** A whole number within bounds. */
export function wholeNumber(flag: string, text: string, { min, max }: Bounds): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new Mistake(`${flag} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
}

/** A number within bounds, with a decimal point or without. */
export function decimal(flag: string, text: string, { min, max }: Bounds): number {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new Mistake(`${flag} must be a number from ${min} to ${max}, not ${JSON.stringify(text)}`);
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}
