import type { AnalysisName } from '../model/analysis.js';
import type { Finds } from '../model/transcript.js';
import { guessable } from './guessable.js';
import type { Span } from './guesses.js';

/**
 * Looks at ids in the order in which they were issued. `nowMs` is the wall clock, `spans` are the times of it in which they were, and
 * `issued` counts all that the target issued to us until now.
 */
export type Analyser = (
  ids: readonly string[],
  context: { readonly nowMs: number; readonly spans?: readonly Span[]; readonly issued?: number },
) => Finds;

export const analysers: Readonly<Record<AnalysisName, Analyser>> = {
  'visible-ascii': (ids) => ({ visible: ids.every((id) => /^[\x21-\x7e]+$/.test(id)) }),
  uuid: (ids) => ({
    uuid: ids.every((id) => uuidPattern.test(id)),
    'uuid-any': ids.every((id) => hasUuid(id)),
  }),
  distinct: (ids) => ({
    distinct: new Set(ids).size === ids.length,
    repeated: ids.length - new Set(ids).size,
  }),
  guessable,
};

/** RFC 9562, section 4. */
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** A UUID in other spellings too: without its hyphens, behind a prefix. */
function hasUuid(id: string): boolean {
  return /(^|[^0-9a-z])[0-9a-f]{32}$/i.test(id.replace(/([0-9a-f])-(?=[0-9a-f])/gi, '$1'));
}
