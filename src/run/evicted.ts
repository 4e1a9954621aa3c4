import { plural } from '../model/plural.js';
import { notApplicableReasons } from '../model/reason.js';
import { statusOf } from '../model/reply.js';
import type { ProfileVerdict, Result } from '../model/report.js';
import { profileNames } from '../model/profile.js';
import { tabulate } from '../model/tables.js';
import type { Exchange, Transcript } from '../model/transcript.js';
import { evictionsIn, type Evictions } from '../monitor/evictions.js';
import { historyOf } from '../monitor/history.js';

/**
 * A server may keep as few sessions as it likes: it may end one for another and answer 404 from then on. What a check met by that says
 * nothing of what it examines. (That one more is refused is seen by the judge of the check, in `judge/full.ts`.)
 */
export function excuseEvicted(
  results: readonly Result[],
  transcripts: readonly Transcript[],
): readonly Result[] {
  const doubtful = results.filter(isDoubtful);
  if (doubtful.length === 0) return results;
  const evictions = evictionsIn(historyOf(transcripts));
  if (evictions === undefined) return results;
  const says = `the target keeps about ${plural(evictions.places, 'session')} and had ended this one for another`;
  const ofResult = new Map(transcripts.map((each) => [`${each.check} ${each.revision}`, each]));
  return results.map((result) => {
    const transcript = isDoubtful(result) && ofResult.get(`${result.id} ${result.revision}`);
    if (!transcript) return result;
    const attempts = [...(transcript.earlier ?? []), transcript];
    return attempts.some((attempt) => isOfEviction(result, attempt, evictions))
      ? permitted(result, says)
      : result;
  });
}

/** Doubts that a session or a place that was missing may cause. */
const ofMissing: ReadonlySet<string | undefined> = new Set([
  'setup-failed',
  'control-failed',
  'rate-limited',
  'too-few',
  'not-observed',
  'value-missing',
  'unstable',
  'no-fence',
]);

function isDoubtful({ suite, verdict, reason }: Result): boolean {
  if (suite === 'monitors') return false;
  return verdict === 'fail' || (verdict === 'inconclusive' && ofMissing.has(reason));
}

/** A failure is that of its own exchange; a doubt may come of any. */
function isOfEviction(
  { verdict, evidence: [first] }: Result,
  { entries, sessions = {} }: Transcript,
  { sinceMs }: Evictions,
): boolean {
  const isEnded = ({ asked, reply, startedMs }: Exchange) =>
    statusOf(reply) === 404 &&
    asked.session.some((id) => (sinceMs.get(sessions[id] ?? -1) ?? Infinity) <= startedMs);
  return entries.some(
    (entry) =>
      entry.kind === 'exchange' &&
      (verdict === 'inconclusive' || first?.entries.includes(entry.seq) === true) &&
      isEnded(entry),
  );
}

function permitted(result: Result, says: string): Result {
  const { standing: _, harm: __, mayHarm: ___, reason, verdict, ...rest } = result;
  const excused = (one: ProfileVerdict): ProfileVerdict => {
    if (one.verdict !== verdict || one.reason !== reason) return one;
    const { level, source } = one;
    return { level, source, verdict: 'not-applicable', reason: 'permitted', counts: false };
  };
  const { why: ____, fix: _____, ...requirement } = result.requirement;
  return {
    ...rest,
    requirement,
    verdict: 'not-applicable',
    reason: 'permitted',
    message: `${notApplicableReasons.permitted}: ${says}`,
    counts: false,
    profiles: tabulate(profileNames, (name) => excused(result.profiles[name])),
  };
}
