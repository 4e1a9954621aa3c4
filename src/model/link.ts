import type { Revision } from './revision.js';

/** Whole address of a requirement: pages of the specification are named below their revision. */
export function linkOf(section: string, revision: Revision): string {
  return section.startsWith('https://')
    ? section
    : `https://modelcontextprotocol.io/specification/${revision}/${section}`;
}
