/** As a query string has it; half a character, which JSON may hold, has no encoding. */
export function inQuery(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}

/** As it is, as a query string has it, and as a text in JSON has it. */
export function spellings(text: string): ReadonlySet<string> {
  return new Set([text, inQuery(text), JSON.stringify(text).slice(1, -1)]);
}
