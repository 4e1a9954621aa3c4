/** The one among the known words that was probably meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // A date or a code that is a little off may be any other one.
  if (word.length > wordLengthMax || /^\d+(?:-|$)/.test(word)) return undefined;
  const wanted = word.toLowerCase();
  // One letter is one edit from any other.
  const far = word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map((name) => ({ name, edits: editsBetween(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= far);
  return ranked.toSorted((a, b) => a.edits - b.edits)[0]?.name;
}

/** `; did you mean …?`, or what there is to choose from. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== undefined) return `; did you mean \`${meant}\`?`;
  return known.length === 0 ? '' : `; there is ${listed(known)}`;
}

export function listed(names: readonly string[], last = 'and'): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}

const wordLengthMax = 64;

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editsBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? Infinity;
}
