/** The dated MCP specification without protocol sessions: each request stands for itself. */
export const modernRevision = '2026-07-28';

/** Those that have sessions on Streamable HTTP, newest first. */
export const sessionRevisions = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;
export type SessionRevision = (typeof sessionRevisions)[number];

/** All, newest first. */
export const revisions = [modernRevision, ...sessionRevisions] as const;
export type Revision = (typeof revisions)[number];

export function isRevision(text: string): text is Revision {
  return (revisions as readonly string[]).includes(text);
}

export function isSessionRevision(text: string): text is SessionRevision {
  return (sessionRevisions as readonly string[]).includes(text);
}

/** `modern`: without sessions; `legacy`: a session begins with initialize. */
export type Era = 'modern' | 'legacy';

export function eraOf(revision: Revision | 'other'): Era {
  return revision === modernRevision ? 'modern' : 'legacy';
}

/** What is of both eras belongs to each. */
export function isOfEra({ revisions: own }: { readonly revisions: readonly Revision[] }, era: Era): boolean {
  return own.some((revision) => eraOf(revision) === era);
}

/** Examined: what is of the era of a revision, and what is of no era that the target speaks once, at the first. */
export function isExaminedAt(
  of: { readonly revisions: readonly Revision[] },
  revision: Revision,
  spoken: readonly Revision[],
): boolean {
  if (isOfEra(of, eraOf(revision))) return true;
  return revision === spoken[0] && !spoken.some((one) => isOfEra(of, eraOf(one)));
}

/** Why what is of other revisions is not examined at one. */
export function saysOther(of: { readonly revisions: readonly Revision[] }, revision: Revision): string {
  const era = eraOf(revision);
  return isOfEra(of, era) ? `The requirement is not part of ${revision}.` : ofOthers[era];
}

const ofOthers: Readonly<Record<Era, string>> = {
  legacy: `It is about clients of ${modernRevision}, and the target serves none, or was examined without them.`,
  modern:
    'It is about clients that begin with initialize, and the target serves none, or was examined without them.',
};
