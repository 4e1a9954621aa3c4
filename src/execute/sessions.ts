import { createFinder, placesIn, replaced, type Finder } from '../model/finder.js';
import { spellings } from './spellings.js';

/** The session ids that the target issued in a run, raw, numbered in the order in which they were issued. */
export interface Sessions {
  /** The number of an id that was issued, a new one at the first sight. */
  readonly issue: (id: string) => number;
  readonly numberOf: (id: string) => number | undefined;
  /** How many were issued; the newest has this number. */
  readonly count: () => number;
  readonly finder: Finder;
  /** The text with each id that was issued until now replaced by its number. */
  readonly hide: (text: string) => string;
}

/** One for all that a run does with one target. */
export function createSessions(): Sessions {
  const numbers = new Map<string, number>();
  const finder = createFinder();
  return {
    issue(id) {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      const number = numbers.size + 1;
      numbers.set(id, number);
      for (const spelling of spellings(id)) finder.add(spelling, id);
      return number;
    },
    numberOf: (id) => numbers.get(id),
    count: () => numbers.size,
    finder,
    hide: (text) =>
      replaced(text, placesIn(text, [finder]), (id) => `«session ${numbers.get(id) ?? 0} of the run»`),
  };
}
