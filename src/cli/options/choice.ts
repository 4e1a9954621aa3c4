import { nearest, suggestion } from '../../load/schema/nearest.js';
import { Mistake } from '../mistake.js';

/** One of the known words, or a mistake that suggests the nearest. */
export function choice<T extends string>(what: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  throw new Mistake(`${what} ${JSON.stringify(word)} is unknown${suggestion(word, known)}`);
}

/** The ids that a word means: the one that it is, else those that end with it, where a part of them begins. */
export function idsMeant(word: string, known: readonly string[]): readonly string[] {
  const ways: readonly ((id: string) => boolean)[] = [
    (id) => id === word,
    (id) => id.endsWith(`.${word}`),
    (id) => id.endsWith(`-${word}`),
  ];
  return ways.map((isMeant) => known.filter(isMeant)).find((ids) => ids.length > 0) ?? [];
}

/** A word that is the end of several ids stands for none. */
export function refuseAmbiguous(what: string, word: string, ids: readonly string[]): void {
  if (ids.length < 2) return;
  const more = ids.length > listedMax ? ` and ${ids.length - listedMax} more` : '';
  const named = ids.slice(0, listedMax).map((id) => `\`${id}\``);
  throw new Mistake(
    `${what} ${JSON.stringify(word)} is the end of ${ids.length} ids: ${named.join(', ')}${more}; name one of them`,
  );
}

/** The one check that a word means, by its id or the end of it. */
export function checkMeant(word: string, known: readonly string[]): string {
  const meant = idsMeant(word, known);
  refuseAmbiguous('check', word, meant);
  const [id] = meant;
  if (id !== undefined) return id;
  throw new Mistake(`check ${JSON.stringify(word)} is unknown${suggestedName(word, known)}`);
}

/** The nearest name of a check or a tag. A list of all would be too long. */
export function suggestedName(word: string, known: readonly string[]): string {
  const meant = nearest(word, known) ?? nearestEnd(word, known);
  if (meant === undefined && known.length < listedMax) return suggestion(word, known);
  if (known.length < listedMax) return `; did you mean \`${meant}\`?`;
  return `;${meant === undefined ? '' : ` did you mean \`${meant}\`?`} see sessionspec list`;
}

/** The id of which the part behind the suite is nearest. */
function nearestEnd(word: string, known: readonly string[]): string | undefined {
  const ends = new Map(known.map((id) => [id.slice(id.indexOf('.') + 1), id]));
  return ends.get(nearest(word, [...ends.keys()]) ?? '');
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
