/** How often each of the words stands in a text. */
export function timesIn(text: string, words: readonly string[]): readonly number[] {
  return words.map((word) => text.split(word).length - 1);
}

/**
 * Where in a row one is counted more often than both its neighbours, which are counted at least once. A reading may show its first or
 * its last entries twice, but no single one between others.
 */
export function peakIn(counts: readonly number[]): number | undefined {
  const at = counts.findIndex((count, index) => {
    const [before, after] = [counts[index - 1] ?? 0, counts[index + 1] ?? 0];
    return before > 0 && after > 0 && count > before && count > after;
  });
  return at < 0 ? undefined : at;
}
