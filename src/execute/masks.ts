/** Stable pseudonyms for session ids, so that equality stays visible and nothing usable is written down. */
export interface Masks {
  /** The pseudonym of an id; a new one is made from `hint` at the first sight. */
  name(id: string, hint: string): string;
  /** The pseudonym if the id is known. */
  known(id: string): string | undefined;
  /** A session id as it may be written down: its pseudonym, unless ids are to be shown. */
  idField(value: string): string;
  /** The text with every known id and every secret replaced. */
  hide(text: string): string;
  hideEach(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Pseudonyms of the ids that stand in the text. */
  mentioned(text: string): readonly string[];
}

/** `secrets` are configured credentials. With `showIds` ids stay readable; secrets never do. */
export function createMasks(secrets: readonly string[], showIds: boolean): Masks {
  const names = new Map<string, string>();
  const hidden = (text: string): string => {
    let result = text;
    for (const secret of secrets) result = result.replaceAll(secret, '«secret»');
    if (showIds) return result;
    for (const [id, pseudonym] of names) {
      if (!isTelling(id)) continue;
      for (const spelling of spellings(id)) result = result.replaceAll(spelling, pseudonym);
    }
    return result;
  };
  const used = new Map<string, number>();
  return {
    name(id, hint) {
      const old = names.get(id);
      if (old !== undefined) return old;
      const count = (used.get(hint) ?? 0) + 1;
      used.set(hint, count);
      const pseudonym = count === 1 ? `«${hint}»` : `«${hint} ${count}»`;
      names.set(id, pseudonym);
      return pseudonym;
    },
    known: (id) => names.get(id),
    idField: (value) => (showIds ? value : (names.get(value) ?? value)),
    hide: hidden,
    hideEach: (texts) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, hidden(text)])),
    mentioned(text) {
      return [...names]
        .filter(([id]) => isTelling(id) && text.includes(id))
        .map(([, pseudonym]) => pseudonym);
    },
  };
}

/** As a query string has it; half a character, which JSON may hold, has no encoding. */
export function inQuery(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}

/** As it is, as a query string has it, and as a text in JSON has it. */
function spellings(id: string): ReadonlySet<string> {
  return new Set([id, inQuery(id), JSON.stringify(id).slice(1, -1)]);
}

function isTelling(id: string): boolean {
  return id.length >= idLengthMin;
}

/** A shorter id would be found in any text by chance. */
const idLengthMin = 6;
