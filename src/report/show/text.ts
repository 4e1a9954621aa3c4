/** Text of a request in which values stand that only the run of the script knows. */
export type Text = readonly (string | { readonly variable: string })[];

/** What stands for a value, in the recording and in a script. */
export interface Name {
  readonly token: string;
  readonly variable: string;
}

/** A text with its tokens as variables. */
export function withVariables(text: string, names: readonly Name[]): Text {
  const found = names
    .map((name) => ({ name, at: text.indexOf(name.token) }))
    .filter(({ at }) => at >= 0)
    // The first; where one is the beginning of another, the longer one.
    .toSorted((a, b) => a.at - b.at || b.name.token.length - a.name.token.length)[0];
  if (found === undefined) return text === '' ? [] : [text];
  const { name, at } = found;
  const rest = withVariables(text.slice(at + name.token.length), names);
  return [...(at > 0 ? [text.slice(0, at)] : []), { variable: name.variable }, ...rest];
}

export function variablesIn(text: Text): readonly string[] {
  return text.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
}

/** A name that shells and JavaScript take. */
export function variableOf(words: string): string {
  const name = words.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(name) ? name : `id_${name}`;
}
