import type { FailReason } from '../model/reason.js';
import type { Check } from '../model/suite.js';
import type { Exchange } from '../model/transcript.js';
import { written } from '../model/walk.js';
import type { Rating } from './rating.js';

/** What the end of a session looks like. */
const signs: ReadonlySet<FailReason> = new Set<FailReason>([
  'refused',
  'refused-at-first',
  'server-error',
  'wrong-status',
  'wrong-session',
  'lost-state',
]);

/**
 * On a busy machine a request may come so late that its session has expired by right, which convicts nobody. A check that lets the
 * time pass on purpose knows what it does.
 */
export function unlessExpired(
  ratings: readonly Rating[],
  { steps }: Pick<Check, 'steps'>,
  exchanges: readonly Exchange[],
): readonly Rating[] {
  const idle = exchanges.filter(({ asked }) => asked.idle);
  if (idle.length === 0 || written(steps).some(isLongPause)) return ratings;
  const mayBeOver = ({ seq, asked }: Exchange) =>
    idle.some((one) => one.seq <= seq && one.asked.session.some((id) => asked.session.includes(id)));
  return ratings.map((rating): Rating => {
    if ((rating.kind !== 'fail' && rating.kind !== 'warn') || !signs.has(rating.reason)) return rating;
    const shown = exchanges.find(({ seq }) => seq === rating.evidence.entries[0]);
    return shown !== undefined && mayBeOver(shown)
      ? { kind: 'unclear', reason: 'may-have-expired', evidence: rating.evidence }
      : rating;
  });
}

function isLongPause(step: ReturnType<typeof written>[number]): boolean {
  return step.kind === 'idle-timeouts' && step.times >= 1;
}
