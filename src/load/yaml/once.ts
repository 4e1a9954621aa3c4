import type { Diagnostic } from '../../model/diagnostic.js';

/** What is used in several places is looked at as often, but what is wrong with it is said once, and in the order of the file. */
export function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set<string>();
  const fresh = diagnostics.filter(({ line, column, message }) => {
    const key = `${line}:${column} ${message.replace(/ \(as used in line \d+\)$/, '')}`;
    return !said.has(key) && said.add(key);
  });
  return fresh.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
