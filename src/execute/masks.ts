import { createFinder, placesIn, replaced, type Place } from '../model/finder.js';
import { createSecrets } from '../model/secrets.js';
import type { Sessions } from './sessions.js';
import { spellings } from './spellings.js';

/** Stable pseudonyms for session ids, so that equality stays visible and nothing usable is written down. */
export interface Masks {
  /** The pseudonym of an id; a new one is made from `hint` at the first sight. */
  name(id: string, hint: string): string;
  /** The pseudonym if the id is known, to this check or to the run. */
  known(id: string): string | undefined;
  /** A session id as it may be written down: its pseudonym, unless ids are to be shown. */
  idField(value: string): string;
  /** The text with every known id and every secret replaced. */
  hide(text: string): string;
  hideEach(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Pseudonyms of the ids that stand in the text. */
  mentioned(text: string): readonly string[];
  /** The numbers in the run of the sessions that have a pseudonym here. */
  numbers(): Readonly<Record<string, number>>;
}

/** `secrets` are configured credentials. With `showIds` ids stay readable; secrets never do. */
export function createMasks(secrets: readonly string[], showIds: boolean, sessions: Sessions): Masks {
  const configured = createSecrets(secrets);
  const names = new Map<string, string>();
  const used = new Map<string, number>();
  const own = createFinder();
  const finders = [own, sessions.finder];
  const keep = (id: string, pseudonym: string): string => {
    names.set(id, pseudonym);
    for (const spelling of spellings(id)) own.add(spelling, id);
    return pseudonym;
  };
  const known = (id: string): string | undefined => {
    const number = names.has(id) ? undefined : sessions.numberOf(id);
    return number === undefined ? names.get(id) : keep(id, `«session ${number} of the run»`);
  };
  const hide = (text: string): string => {
    const rest = configured.hide(text);
    if (showIds) return rest;
    return replaced(rest, placesIn(rest, finders), (id) => known(id) ?? id);
  };
  return {
    name(id, hint) {
      const old = names.get(id);
      if (old !== undefined) return old;
      const count = (used.get(hint) ?? 0) + 1;
      used.set(hint, count);
      return keep(id, count === 1 ? `«${hint}»` : `«${hint} ${count}»`);
    },
    known,
    idField: (value) => (showIds ? value : (known(value) ?? value)),
    hide,
    hideEach: (texts) => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, hide(text)])),
    mentioned(text) {
      const whole = placesIn(text, finders).filter((place) => standsAlone(text, place));
      return [...new Set(whole.flatMap(({ id }) => known(id) ?? []))];
    },
    numbers: () =>
      Object.fromEntries(
        [...names].flatMap(([id, pseudonym]) => {
          const number = sessions.numberOf(id);
          return number === undefined ? [] : [[pseudonym, number] as const];
        }),
      ),
  };
}

/** Not as the beginning or the end of something longer: where ids are counted, one is the beginning of another. */
function standsAlone(text: string, { from, length }: Place): boolean {
  const before = text.slice(Math.max(0, from - 2), from);
  const after = text.slice(from + length, from + length + 1);
  return (!wordEnd.test(before) || escaped.test(before)) && !wordStart.test(after);
}

const wordEnd = /[\p{L}\p{N}]$/u;
const wordStart = /^[\p{L}\p{N}]/u;
// What stands behind a backslash ends no word: in JSON it is a line break or the like.
const escaped = /\\[bfnrt]$/;
