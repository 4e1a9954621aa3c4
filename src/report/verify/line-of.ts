export type Path = readonly (string | number)[];

/** Finds on which line of its text a part of a report stands; on none where the text is not laid out as we write it. */
export function lineFinder(text: string, data: object): (path: Path) => number | undefined {
  if (text.trimEnd() !== JSON.stringify(data, null, 2)) return () => undefined;
  return (path) => {
    let line = 1;
    let at: unknown = data;
    for (const key of path) {
      if (typeof at !== 'object' || at === null) return line;
      const entries: readonly (readonly [string, unknown])[] = Object.entries(at);
      const index = entries.findIndex(([name]) => name === String(key));
      const before = entries.slice(0, Math.max(index, 0));
      line += 1 + before.reduce((sum, [, value]) => sum + linesIn(value), 0);
      at = entries[index]?.[1];
    }
    return line;
  };
}

function linesIn(value: unknown): number {
  return JSON.stringify(value, null, 2).split('\n').length;
}
