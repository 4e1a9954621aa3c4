import { limitIn } from '../model/limit.js';
import { plural } from '../model/plural.js';
import { notApplicableReasons } from '../model/reason.js';
import { isSuccess, statusOf } from '../model/reply.js';
import type { Facts } from '../model/facts.js';
import type { ProfileVerdict, Result } from '../model/report.js';
import { profileNames } from '../model/profile.js';
import { tabulate } from '../model/tables.js';
import type { Exchange, Transcript } from '../model/transcript.js';
import { evictionsIn, type Evictions } from '../monitor/evictions.js';
import { historyOf } from '../monitor/history.js';

/** What a run has of its checks. */
interface Lived {
  readonly transcripts: readonly Transcript[];
  readonly facts: readonly Facts[];
}

/**
 * A server may keep as few sessions as it likes: it may end one for another and answer 404 from then on, and it may refuse one more. What
 * a check met by that says nothing of what it examines. One place alone is another matter: that shuts out every second client.
 */
export function excuseFewPlaces(
  results: readonly Result[],
  { transcripts, facts }: Lived,
): readonly Result[] {
  const doubtful = results.filter(isDoubtful);
  if (doubtful.length === 0) return results;
  const evictions = evictionsIn(historyOf(transcripts));
  const excuses = new Map<Result, string>();
  for (const result of doubtful) {
    const transcript = transcripts.find(
      ({ check, revision }) => check === result.id && revision === result.revision,
    );
    if (transcript === undefined) continue;
    const places = placesOf(facts.find(({ revision }) => revision === result.revision));
    const says = [...(transcript.earlier ?? []), transcript]
      .map((attempt) => whyExcused(result, attempt, evictions, places))
      .find((one) => one !== undefined);
    if (says !== undefined) excuses.set(result, says);
  }
  return results.map((result) => {
    const says = excuses.get(result);
    return says === undefined ? result : permitted(result, says);
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

/** How many sessions the target was seen to have at once, where it refused one more and two are no matter. */
function placesOf(facts: Facts | undefined): number | undefined {
  const { company } = facts ?? {};
  return company?.stops === 'number-refused' && company.sessions >= 2 ? company.sessions : undefined;
}

function whyExcused(
  { verdict, evidence: [first] }: Result,
  { entries, sessions = {} }: Transcript,
  evictions: Evictions | undefined,
  places: number | undefined,
): string | undefined {
  const exchanges = entries.filter((entry) => entry.kind === 'exchange');
  // A failure is that of its own exchange; a doubt may come of any.
  const decisive = exchanges.filter(
    ({ seq }) => verdict === 'inconclusive' || first?.entries.includes(seq) === true,
  );
  const isEnded = ({ asked, reply, startedMs }: Exchange) =>
    statusOf(reply) === 404 &&
    asked.session.some((id) => (evictions?.sinceMs.get(sessions[id] ?? -1) ?? Infinity) <= startedMs);
  if (evictions !== undefined && decisive.some(isEnded))
    return `the target keeps about ${plural(evictions.places, 'session')} and had ended this one for another`;
  const isFull = (one: Exchange) =>
    one.asked.kind === 'initialize' &&
    limitIn(one.reply, 0) !== undefined &&
    openBefore(one, exchanges) >= (places ?? Infinity);
  if (places !== undefined && decisive.some(isFull))
    return `the target has at most ${plural(places, 'session')} at once, and the check had as many`;
  return undefined;
}

function openBefore({ startedMs }: Exchange, exchanges: readonly Exchange[]): number {
  const open = new Set<string>();
  for (const { asked, reply, named, settledMs } of exchanges) {
    if (settledMs > startedMs || !isSuccess(reply)) continue;
    if (asked.kind === 'initialize') for (const id of named) open.add(id);
    if (asked.kind === 'delete') for (const id of asked.session) open.delete(id);
  }
  return open.size;
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
