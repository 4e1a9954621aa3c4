import type { Diagnostic } from '../../model/diagnostic.js';

/** Keys and indexes from the root of a document to one of its nodes. */
export type DocPath = readonly (string | number)[];

/** The parts of a JSON Pointer (RFC 6901). */
export function pointerTokens(pointer: string): readonly string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Something wrong at a node; the position follows once the whole file has been looked at. */
export interface Problem {
  readonly at: DocPath;
  /** The key is meant, not its value. */
  readonly key?: true;
  /** The `use` through which a shared step came into the check. */
  readonly via?: DocPath | undefined;
  readonly message: string;
}

/** What is used in several places is looked at as often, but what is wrong with it is said once, and in the order of the file. */
export function deduplicated(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set<string>();
  const fresh = diagnostics.filter(({ line, column, message }) => {
    const key = `${line}:${column} ${message.replace(/ \(as used in line \d+\)$/, '')}`;
    return !said.has(key) && said.add(key);
  });
  return fresh.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
