import type { Facts } from '../model/facts.js';
import type { Profile } from '../model/profile.js';
import { isExchange } from '../model/request-kind.js';
import type { Rule } from '../model/rule.js';
import type { Check, Step } from '../model/suite.js';
import type { Entry, Exchange, Transcript } from '../model/transcript.js';
import type { Judgement } from '../model/verdict.js';
import { written } from '../model/walk.js';
import { accountable, excuse } from './attribute.js';
import { combine } from './combine.js';
import { describeCame, describeExpectation, describeSent } from './describe.js';
import { withHarm } from './harm.js';
import { meets } from './meets.js';
import { exchangesOf, rateAwait, rateFinding, rateInvariant, rateOperated, rateQuiet } from './observe.js';
import { rateExchange } from './rate.js';
import type { Rating } from './rating.js';
import { placeOf } from './steps.js';

/**
 * Turns what a check saw into what a profile says of it. Pure: the same transcript gives the same judgement, now or years later
 * from a file.
 */
export function judge(
  check: Check,
  recorded: Transcript,
  profile: Profile,
  facts: Pick<Facts, 'needsMet'>,
): Judgement {
  const transcript = accountable(recorded);
  const exchanges = exchangesOf(transcript.entries);
  const ratings = [
    ...written(check.steps, facts).flatMap((step) => rateStep(check, step, transcript, exchanges, profile)),
    ...check.invariants.map((invariant) => rateInvariant(invariant, transcript)),
  ];
  return combine(check, withHarm(check, ratings, exchanges), transcript, profile);
}

function rateStep(
  check: Check,
  step: Step,
  transcript: Transcript,
  exchanges: readonly Exchange[],
  profile: Profile,
): readonly Rating[] {
  const entries = transcript.entries.filter((entry) => placeOf(entry.step) === step.path);
  if (isExchange(step)) {
    const seen = exchanges.filter((exchange) => placeOf(exchange.step) === step.path);
    const unmet = seen
      .filter((exchange) => step.require !== undefined && !meets(step.require, exchange))
      .map((exchange) => setup(step, exchange));
    if (step.judge === undefined) return unmet;
    const judged = { ...step, judge: step.judge };
    if (seen.length === 0) return [leftOut(entries) ?? unseen(step)];
    if (transcript.cut !== undefined && isJudgedByItsEnd(step.judge)) return [...unmet, unseen(step)];
    return [...unmet, ...seen.map((exchange) => rateExchange(check, judged, exchange, exchanges, profile))];
  }
  if (step.kind === 'await' && step.judge !== undefined) {
    const judged = { ...step, judge: step.judge };
    return entries.length === 0
      ? [unseen(step)]
      : entries.flatMap((entry) => (entry.kind === 'awaited' ? [rateAwait(judged, entry)] : []));
  }
  if (step.kind === 'await' && step.require === true) {
    return entries.flatMap((entry) =>
      entry.kind === 'awaited' && !entry.came ? [unmetAwait(step.stream, entry.step, entry.seq)] : [],
    );
  }
  if (step.kind === 'process' && step.judge !== undefined) {
    const judged = { ...step, judge: step.judge };
    return entries.length === 0
      ? [unseen(step)]
      : entries.flatMap((entry) => (entry.kind === 'operated' ? [rateOperated(judged, entry)] : []));
  }
  if (step.kind === 'quiet') {
    return entries.length === 0
      ? [unseen(step)]
      : entries.flatMap((entry) =>
          entry.kind === 'quiet' ? [rateQuiet(check, step, entry, exchanges)] : [],
        );
  }
  if (step.kind === 'analyse') {
    return entries.length === 0
      ? [unseen(step)]
      : entries.flatMap((entry) => (entry.kind === 'finding' ? [rateFinding(step, entry)] : []));
  }
  return [];
}

/** What is still to come on a stream decides, so a check that was cut cannot tell. */
function isJudgedByItsEnd(rule: Rule): boolean {
  return (
    rule.kind === 'graded' && rule.grades.some(({ if: wanted }) => 'messages' in wanted || 'ended' in wanted)
  );
}

function setup(step: Step & { readonly require?: object }, exchange: Exchange): Rating {
  return {
    kind: 'unclear',
    reason: excuse(exchange) ?? 'setup-failed',
    evidence: {
      step: exchange.step,
      entries: [exchange.seq],
      sent: describeSent(exchange),
      acceptable: describeExpectation(step.require ?? {}),
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

function unseen(step: Step): Rating {
  const evidence = {
    step: step.path,
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
