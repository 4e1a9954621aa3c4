import { suggestedName } from './choice.js';
import { Mistake } from '../mistake.js';

/** The id that is meant: whole, or its end behind a dot where only one ends so. */
export function idMeant(word: string, known: readonly string[]): string {
  if (known.includes(word)) return word;
  const ends = known.filter((id) => id.endsWith(`.${word}`));
  const [one] = ends;
  if (one !== undefined && ends.length === 1) return one;
  if (ends.length > 1)
    throw new Mistake(`check ${JSON.stringify(word)} may be ${ends.join(' or ')}; name one of them`);
  throw new Mistake(`check ${JSON.stringify(word)} is unknown${suggestedName(word, known)}`);
}
