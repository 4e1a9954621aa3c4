import type { Profile } from '../model/profile.js';
import type { Expectation, Rule } from '../model/rule.js';
import type { Check, ExchangeStep, Step, StepKind } from '../model/suite.js';
import type { Entry, Exchange, Skipped, Transcript } from '../model/transcript.js';
import { excuse } from './attribute.js';
import { unread } from '../model/message.js';
import { describeCame, describeSent } from '../model/describe-exchange.js';
import { describeExpectation } from './wanted.js';
import { meets } from './meets.js';
import { limitIn } from '../model/limit.js';
import { exchangesOf, rateAwait, rateEnd, rateFinding, rateOperated, rateQuiet } from './observe.js';
import { rateExchange } from './rate.js';
import type { Rating } from './rating.js';
import { placeOf } from '../model/walk.js';

/** What a step is judged by besides its own entries. */
export interface Around {
  readonly check: Check;
  readonly transcript: Transcript;
  /** All exchanges of the check. */
  readonly exchanges: readonly Exchange[];
  readonly profile: Profile;
}

/** What the transcript shows of one step. */
export function rateStep(step: Step, around: Around): readonly Rating[] {
  const entries = around.transcript.entries.filter((entry) => placeOf(entry.step) === step.path);
  return raterOf(step)(step, entries, around);
}

type Rater<K extends StepKind> = (
  step: Step<K>,
  entries: readonly Entry[],
  around: Around,
) => readonly Rating[];

const raters: { readonly [K in StepKind]: Rater<K> } = {
  open: rateRequest,
  send: rateRequest,
  answer: rateRequest,
  notify: rateRequest,
  post: rateRequest,
  listen: rateRequest,
  delete: rateRequest,
  raw: rateRequest,
  parallel: unjudged,
  repeat: unjudged,
  await: rateAwaited,
  quiet: (step, entries, { check, exchanges }) =>
    each(step, entries, 'quiet', (entry) => rateQuiet(check, step, entry, exchanges)),
  'pause-ms': unjudged,
  'idle-timeouts': unjudged,
  process: ({ judge, ...step }, entries) =>
    judge === undefined
      ? []
      : each(step, entries, 'operated', (entry) => rateOperated({ ...step, judge }, entry)),
  'end-input': ({ judge, ...step }, entries) =>
    judge === undefined ? [] : each(step, entries, 'exited', (entry) => rateEnd({ ...step, judge }, entry)),
  close: unjudged,
  analyse: (step, entries) => each(step, entries, 'finding', (entry) => rateFinding(step, entry)),
};

function raterOf<K extends StepKind>({ kind }: { readonly kind: K }): Rater<K> {
  return raters[kind];
}

function unjudged(): readonly Rating[] {
  return [];
}

/** Where a step left no entry it was not reached. */
function each<K extends Entry['kind']>(
  step: Pick<Step, 'path'>,
  entries: readonly Entry[],
  kind: K,
  rate: (entry: Entry & { readonly kind: K }) => Rating,
): readonly Rating[] {
  const isMeant = (entry: Entry): entry is Entry & { readonly kind: K } => entry.kind === kind;
  return entries.length === 0 ? [unseen(step)] : entries.filter(isMeant).map(rate);
}

function rateRequest(
  { judge, ...step }: ExchangeStep,
  entries: readonly Entry[],
  { check, transcript, exchanges, profile }: Around,
): readonly Rating[] {
  const missing = entries.find((entry) => entry.kind === 'skipped' && entry.missing === true);
  if (missing?.kind === 'skipped') return [valueless(missing)];
  const { require } = step;
  const seen = exchangesOf(entries);
  const isUnmet = (exchange: Exchange) => require !== undefined && !meets(require, exchange);
  const unmet = require === undefined ? [] : seen.filter(isUnmet).map((exchange) => setup(require, exchange));
  if (judge === undefined) return unmet;
  if (seen.length === 0) return [leftOut(entries) ?? unseen(step)];
  if (transcript.cut !== undefined && isJudgedByItsEnd(judge)) return [...unmet, unseen(step)];
  // Setup is not judgement: an answer that is not the one to be judged says nothing.
  const judged = seen.filter((exchange) => !isUnmet(exchange));
  return [
    ...unmet,
    ...judged.map((exchange) => rateExchange(check, { ...step, judge }, exchange, exchanges, profile)),
  ];
}

function rateAwaited({ judge, ...step }: Step<'await'>, entries: readonly Entry[]): readonly Rating[] {
  const unmet =
    step.require === true
      ? entries.flatMap((entry) =>
          entry.kind === 'awaited' && !entry.came ? [unmetAwait(step.stream, entry.step, entry.seq)] : [],
        )
      : [];
  if (judge === undefined || unmet.length > 0) return unmet;
  return each(step, entries, 'awaited', (entry) => rateAwait({ ...step, judge }, entry));
}

/** What a step had to use was in no answer. */
function valueless({ step, seq, because }: Skipped): Rating {
  const evidence = {
    step,
    entries: [seq],
    sent: 'nothing',
    acceptable: 'an answer with the value',
    came: because,
  };
  return { kind: 'unclear', reason: 'value-missing', evidence };
}

/** What is still to come on a stream decides, so a check that was cut cannot tell. */
function isJudgedByItsEnd(rule: Rule): boolean {
  return (
    rule.kind === 'graded' && rule.grades.some(({ if: wanted }) => 'messages' in wanted || 'ended' in wanted)
  );
}

function setup(wanted: Expectation, exchange: Exchange): Rating {
  return {
    kind: 'unclear',
    reason:
      unread(exchange.reply) ??
      excuse(exchange) ??
      (limitIn(exchange.reply, 0) === undefined ? 'setup-failed' : 'rate-limited'),
    evidence: {
      step: exchange.step,
      entries: [exchange.seq],
      sent: describeSent(exchange),
      acceptable: describeExpectation(wanted),
      came: describeCame(exchange),
    },
  };
}

/** A step that could not be meant on this target says nothing, which is no doubt either. */
function leftOut(entries: readonly Entry[]): Rating | undefined {
  const skipped = entries.find((entry) => entry.kind === 'skipped');
  if (skipped === undefined) return undefined;
  const evidence = {
    step: skipped.step,
    entries: [skipped.seq],
    sent: 'nothing',
    acceptable: 'anything',
    came: skipped.because,
  };
  return { kind: 'unspecified', evidence };
}

function unseen({ path }: Pick<Step, 'path'>): Rating {
  const evidence = {
    step: path,
    entries: [],
    sent: 'nothing',
    acceptable: 'an observation',
    came: 'the step was not reached',
  };
  return { kind: 'unclear', reason: 'not-observed', evidence };
}

function unmetAwait(stream: string, step: string, seq: number): Rating {
  const evidence = {
    step,
    entries: [seq],
    sent: `watched ${stream}`,
    acceptable: 'something in time',
    came: 'nothing',
  };
  return { kind: 'unclear', reason: 'setup-failed', evidence };
}
