/** A dated MCP specification that has sessions on Streamable HTTP, newest first. */
export const revisions = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;
export type Revision = (typeof revisions)[number];

export function isRevision(text: string): text is Revision {
  return (revisions as readonly string[]).includes(text);
}
