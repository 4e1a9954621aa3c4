import type { Revision } from './revision.js';

/** Whole address of a requirement: pages of the specification are named below their revision. */
export function linkOf(at: string, revision: Revision): string {
  return at.startsWith('https://') ? at : `https://modelcontextprotocol.io/specification/${revision}/${at}`;
}
