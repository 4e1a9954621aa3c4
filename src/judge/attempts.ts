import { attemptsMax } from '../model/plan.js';
import { inconclusiveReasons, type InconclusiveReason } from '../model/reason.js';
import type { Check } from '../model/suite.js';
import type { Entry, Exchange, Transcript } from '../model/transcript.js';
import { classify } from '../model/classify.js';
import type { Evidence, Judgement, Verdict } from '../model/verdict.js';
import { placeOf } from '../model/walk.js';
import { isMissing } from './absence.js';
import { answersOthersAtOnce } from './attribute.js';
import { isBusy, type Reply } from '../model/reply.js';
import { decisive } from './combine.js';
import type { Rating } from './rating.js';

/** What one attempt of a check amounts to. */
export interface Attempt {
  readonly judgement: Judgement;
  /** `doubt`: nothing could be told; `absence`: it fails by what the target did not do; `final`: anything else. */
  readonly kind: 'final' | 'absence' | 'doubt';
  /** Two attempts that end alike have the same. */
  readonly end: string;
  /** What kind of thing it was by which that end came. */
  readonly by: string;
  /** The doubt may be gone another time: it came of silence, of an error or of load. */
  readonly passing: boolean;
  /** The target may have needed more time: no fresh client was answered at once meanwhile. */
  readonly slow: boolean;
  /** What ended it was an answer, and none that speaks of load, so that time has no part in it. */
  readonly answered: boolean;
  /** The judgement without what the target did not do, where a failure is left. */
  readonly deeds?: Judgement;
}

/** How a check is tried again: beside others, or alone and with more time; checks that are so for the same reason have one `cause`. */
export interface Next {
  readonly how: 'again' | 'alone';
  readonly cause: string;
  /** More time may help. */
  readonly slow: boolean;
  /** Nobody is accused as yet. */
  readonly isDoubt: boolean;
}

export function attemptOf(
  ratings: readonly Rating[],
  transcript: Transcript,
  under: (ratings: readonly Rating[]) => Judgement,
): Attempt {
  const judgement = under(ratings);
  const { verdict } = judgement;
  const [seen] = 'evidence' in verdict ? verdict.evidence : [];
  const rest = ratings.filter((rating) => !('absence' in rating));
  // One that had the target for itself and lost it was asked again already.
  const isAbsent =
    transcript.cut?.alone !== true &&
    transcript.lostAlone !== true &&
    verdict.kind === 'fail' &&
    decisive(ratings)?.absence === true;
  return {
    judgement,
    kind: verdict.kind === 'inconclusive' ? 'doubt' : isAbsent ? 'absence' : 'final',
    end: ['reason' in verdict ? verdict.reason : verdict.kind, seen && placeOfEnd(seen, transcript)].join(
      ' ',
    ),
    by: seen === undefined ? '' : kindShown(seen, transcript),
    passing: isPassing(verdict, transcript),
    slow: seen !== undefined && isSlow(seen, transcript),
    answered: seen !== undefined && isAnswer(seen, transcript),
    ...(isAbsent && decisive(rest) !== undefined && { deeds: under(rest) }),
  };
}

/** Of many iterations the same one has to miss what was lost, or it was chance; a proper refusal may come at another one. */
function placeOfEnd({ step, entries: [seq] }: Evidence, { entries }: Transcript): string {
  const place = placeOf(step);
  const shown = entries.find((entry) => entry.seq === seq);
  if (shown?.kind !== 'exchange') return step;
  // Which step of a round shows it is chance as well.
  if (!isMissing(shown)) return place.replace(/\.do\.\d+$/, '.do');
  if (entries.filter((entry) => placeOf(entry.step) === place).length > fewIterations) return step;
  const block = place.replace(/\.\d+$/, '');
  const rivals = entries.filter((entry) => isRival(entry, shown, block));
  // Which of a few requests that were under way together goes without is chance.
  return rivals.length > 0 && rivals.length < fewIterations ? block : place;
}

/** Under way at the same time, in the same block of steps. */
function isRival(entry: Entry, shown: Exchange, block: string): boolean {
  return (
    entry.kind === 'exchange' &&
    entry !== shown &&
    placeOf(entry.step).replace(/\.\d+$/, '') === block &&
    entry.startedMs < shown.settledMs &&
    shown.startedMs < entry.settledMs
  );
}

const fewIterations = 4;

/** Of an exchange: what was asked, with whose id, and what came. */
function kindShown({ entries: [seq] }: Evidence, { entries }: Transcript): string {
  const shown = entries.find((entry) => entry.seq === seq);
  if (shown?.kind !== 'exchange') return shown?.kind ?? '';
  const { kind, own, session } = shown.asked;
  const whose = session.length === 0 ? 'no' : session.some((id) => id === own) ? 'own' : 'other';
  return `${kind} ${whose} ${classify(shown)}`;
}

/** Where a fresh client was answered at once, the silence was about this request, and would be as long another time. */
function isSlow({ entries: [seq] }: Evidence, { entries }: Transcript): boolean {
  const shown = entries.find((entry) => entry.seq === seq);
  return shown?.kind !== 'exchange' || !answersOthersAtOnce(shown);
}

function isAnswer({ entries: [seq] }: Evidence, { entries }: Transcript): boolean {
  const shown = entries.find((entry) => entry.seq === seq);
  return shown?.kind === 'exchange' && isWhole(shown.reply);
}

function isWhole(reply: Reply): boolean {
  return reply.kind === 'response' && reply.content.end === 'complete' && !isBusy(reply);
}

/** Doubts that come of time or load by themselves. */
const ofTheMoment: ReadonlySet<InconclusiveReason> = new Set<InconclusiveReason>([
  'target-lost',
  'target-slow',
  'rate-limited',
  'no-fence',
  'expired',
]);

function isPassing(verdict: Verdict, { entries, cut }: Transcript): boolean {
  if (verdict.kind !== 'inconclusive' || cut?.alone === true) return false;
  const [seen] = verdict.evidence;
  const shown = entries.filter(({ seq }) => seen?.entries.includes(seq));
  return (
    ofTheMoment.has(verdict.reason) ||
    shown.some(
      (entry) => (entry.kind === 'awaited' && !entry.came) || (entry.kind === 'exchange' && isMissing(entry)),
    )
  );
}

/** Another attempt is worth its cost only while it can still decide. */
export function nextOf(attempts: readonly Attempt[]): Next | undefined {
  const [first, ...others] = attempts;
  if (first === undefined || first.kind === 'final' || attempts.length >= attemptsMax) return undefined;
  const reason = first.end.split(' ')[0] ?? '';
  const isDoubt = first.kind === 'doubt';
  const cause = isDoubt ? `doubt ${reason} ${first.by}` : `${first.kind} ${reason}`;
  const slow = attempts.some((one) => one.slow);
  if (others.length === 0) return isOver(first) ? undefined : { how: 'again', cause, slow, isDoubt };
  // One whose preparation failed does not speak against what was answered before.
  const telling = first.answered && first.kind === 'absence' ? attempts.filter(isTelling) : attempts;
  if (telling.some(({ kind }) => kind !== first.kind)) return undefined;
  const alike = areAlike(telling);
  const worth = first.kind === 'absence' ? alike : others.every(({ passing }) => passing) && (slow || !alike);
  return worth ? { how: 'alone', cause, slow, isDoubt } : undefined;
}

/** What cannot be read stays so, and what the user ended or bounded is not tried again. */
function isOver({ judgement: { verdict } }: Attempt): boolean {
  return verdict.kind === 'inconclusive' && ['limit-reached', 'compressed'].includes(verdict.reason);
}

/** What the target did in any attempt counts; what it did not do only if it was missing alike each time. A doubt is gone once it is decided. */
export function settled(attempts: readonly Attempt[], once: Transcript['once'], check: Check): Judgement {
  const last = attempts.at(-1);
  const failed = attempts.find(
    ({ kind, judgement }) => kind === 'final' && judgement.verdict.kind === 'fail',
  );
  if (last === undefined) throw new Error('a check has at least one attempt');
  if (failed !== undefined) return failed.judgement;
  const absent = attempts.find(({ kind }) => kind === 'absence');
  if (absent === undefined) return last.judgement;
  const alike = alikeIn(attempts);
  if (once === undefined && alike > 0) return repeated(absent.judgement, alike);
  return attempts.find(({ deeds }) => deeds !== undefined)?.deeds ?? unstable(absent, attempts, once, check);
}

/**
 * How many attempts ended in the same way, where none ended in another. Where two were answered alike, one whose preparation failed takes
 * nothing back: the target may be gone since.
 */
function alikeIn(attempts: readonly Attempt[]): number {
  const telling = attempts.filter(isTelling);
  const isLeft = telling.length > 1 && telling.every(({ answered }) => answered);
  const counted = isLeft ? telling : attempts;
  return areAlike(counted) ? counted.length : 0;
}

function isTelling({ kind }: Attempt): boolean {
  return kind !== 'doubt';
}

/** Each attempt ended in the same way. */
export function areAlike(attempts: readonly Attempt[]): boolean {
  return new Set(attempts.map(({ kind, end }) => `${kind} ${end}`)).size === 1;
}

function repeated(judgement: Judgement, times: number): Judgement {
  return times === 1
    ? judgement
    : { ...judgement, message: `${judgement.message} (in each of ${times} attempts)` };
}

function unstable(
  { judgement }: Attempt,
  attempts: readonly Attempt[],
  once: Transcript['once'],
  check: Check,
): Judgement {
  const evidence = 'evidence' in judgement.verdict ? judgement.verdict.evidence : [];
  const ends = attempts.map((one, i) => `attempt ${i + 1}: ${endSaid(one)}`).join('; ');
  const because = once === undefined ? '' : `; ${onceSaid[once]}`;
  return {
    ...judgement,
    verdict: {
      kind: 'inconclusive',
      reason: 'unstable',
      evidence,
      ...(check.harm.length > 0 && { mayHarm: true }),
    },
    message: `${inconclusiveReasons.unstable} (${ends}${because}); --jobs 1, --time-scale 4 or --max-rps may help`,
  };
}

function endSaid({ judgement: { verdict } }: Attempt): string {
  const [seen] = 'evidence' in verdict ? verdict.evidence : [];
  const end = 'reason' in verdict ? verdict.reason : verdict.kind;
  return seen === undefined || verdict.kind === 'pass' ? end : `${end} at step ${seen.step} (${seen.came})`;
}

const onceSaid: Readonly<Record<NonNullable<Transcript['once']>, string>> = {
  budget: 'no requests were left to ask again (--max-requests)',
  interrupted: 'the run was interrupted before it asked again',
  stopped: 'the target stopped answering before it was asked again',
  'too-long': 'to ask again would have taken longer than the run may (--max-minutes)',
};
