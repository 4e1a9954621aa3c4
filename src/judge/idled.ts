import type { FailReason } from '../model/reason.js';
import type { Step } from '../model/suite.js';
import type { Entry, Exchange } from '../model/transcript.js';
import { written } from '../model/walk.js';
import type { Rated, Rating } from './rating.js';

/** What an expired session looks like. */
const expiry: ReadonlySet<FailReason> = new Set<FailReason>([
  'refused',
  'refused-at-first',
  'server-error',
  'wrong-status',
  'wrong-session',
  'lost-state',
]);

/**
 * A session that was not used for as long as the target was said to keep an idle one may be gone, and so it stays: that it is refused
 * then is a doubt, except where a check lets that time pass on purpose.
 */
export function excuseIdled(
  ratings: readonly Rating[],
  { check: { steps }, exchanges }: Pick<Rated, 'check' | 'exchanges'>,
): readonly Rating[] {
  const since = idledSince(exchanges);
  if (since.size === 0 || written(steps).some(isLongPause)) return ratings;
  return ratings.map((rating): Rating => {
    if ((rating.kind !== 'fail' && rating.kind !== 'warn') || !expiry.has(rating.reason)) return rating;
    const [seq] = rating.evidence.entries;
    const decisive = exchanges.find((one) => one.seq === seq);
    const isIdled = decisive?.asked.session.some((id) => (since.get(id) ?? Infinity) <= decisive.seq);
    return isIdled ? { kind: 'unclear', reason: 'expired', evidence: rating.evidence } : rating;
  });
}

function isLongPause(step: Step): boolean {
  return step.kind === 'idle-timeouts' && step.times >= 1;
}

/** From which entry on each session may be gone. */
function idledSince(exchanges: readonly Exchange[]): ReadonlyMap<string, Entry['seq']> {
  const since = new Map<string, number>();
  for (const { asked, seq } of exchanges)
    if (asked.idle) for (const id of asked.session) since.set(id, Math.min(seq, since.get(id) ?? seq));
  return since;
}
