const columnsMax = 100;

/** Names one after the other, indented, a new line where one would be too long; each name once. */
export function listed(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of new Set(names)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + name.length <= columnsMax) {
      lines[lines.length - 1] = `${last}, ${name}`;
    } else {
      lines.push(`    ${name}`);
    }
  }
  return lines;
}
