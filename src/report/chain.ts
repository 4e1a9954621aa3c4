import { createHash } from 'node:crypto';
import { runFormat } from './run-lines.js';

/**
 * Every line of a recording ends with a digest over itself and the digest of the line above, so that none can be edited, moved, added or
 * cut out by itself without a trace. That shows accidents and careless edits. It is no signature: who makes all digests again leaves
 * none.
 */
export interface Chain {
  /** A line as JSON, with its digest and the newline. */
  readonly link: (line: object) => string;
  /** The digest of the last line until now. */
  readonly end: () => string;
}

export function createChain(): Chain {
  let above = begun;
  return {
    link(line) {
      const body = JSON.stringify(line);
      above = digestOf(above, body);
      return `${body.slice(0, -1)},"chain":"${above}"}\n`;
    },
    end: () => above,
  };
}

/** What is wrong with the digest of each line, if anything is: the first such line, from 0. */
export function brokenLink(
  lines: readonly string[],
): { readonly index: number; readonly says: string } | undefined {
  let above = begun;
  for (const [index, line] of lines.entries()) {
    const [, body, digest] = written.exec(line) ?? [];
    if (body === undefined || digest === undefined) return { index, says: 'it has no digest' };
    if (digest !== digestOf(above, `${body}}`)) return { index, says: unfit };
    above = digest;
  }
  return undefined;
}

/** The digest that a line ends with; only of a line whose chain holds. */
export function chainOf(line: string): string {
  return written.exec(line)?.[2] ?? '';
}

/** A line without its digest. */
export function unlinked(line: string): string {
  return line.replace(written, '$1}');
}

const unfit =
  'its digest does not follow from the line above: it was edited, or lines were moved, added or cut out here';
const written = /^(.*),"chain":"([0-9a-f]{64})"\}$/s;
const begun = runFormat;

function digestOf(above: string, body: string): string {
  return createHash('sha256').update(`${above}\n${body}`).digest('hex');
}
