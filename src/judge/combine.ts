import { soften, type Weight } from '../model/level.js';
import type { Profile } from '../model/profile.js';
import { failReasons, inconclusiveReasons, notApplicableReasons } from '../model/reason.js';
import type { Check } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import type { Evidence, Judgement, Seen } from '../model/verdict.js';
import type { Failure, Rating } from './rating.js';

/** The most that a report shows of a verdict that rests on many exchanges. */
const evidenceMax = 8;

/**
 * The weightiest rating decides: a failure that shows harm, then any failure, then a softened one, then doubt, then a pass; if no
 * rule spoke, nothing applies.
 */
export function combine(
  check: Check,
  ratings: readonly Rating[],
  transcript: Transcript,
  profile: Profile,
): Judgement {
  const weight = check.requirement.weights[transcript.revision];
  const failure = decisive(ratings);
  if (failure !== undefined) return failed(weight, failure, ratings, profile);
  const mayHarm = check.harm.length > 0 ? ({ mayHarm: true } as const) : {};
  // A later doubt often is a mere consequence of the first one.
  const [doubt] = [
    ...of(ratings, 'unclear').filter(({ reason }) => reason !== 'not-observed'),
    ...of(ratings, 'unclear'),
  ];
  if (doubt !== undefined) {
    const message = `${inconclusiveReasons[doubt.reason]} (step ${doubt.evidence.step}: ${doubt.evidence.came})`;
    return {
      ...weight,
      verdict: { kind: 'inconclusive', reason: doubt.reason, evidence: [doubt.evidence], ...mayHarm },
      message,
    };
  }
  const [passed] = of(ratings, 'pass');
  if (passed !== undefined && transcript.cut === undefined) {
    return {
      ...weight,
      verdict: { kind: 'pass', evidence: seen(passed.evidence, ratings, 'pass') },
      message: passed.evidence.came,
    };
  }
  const [silent] = of(ratings, 'unspecified');
  if (silent !== undefined && transcript.cut === undefined) {
    const message = `${notApplicableReasons.permitted}: ${silent.evidence.came}`;
    return {
      ...weight,
      verdict: { kind: 'not-applicable', reason: 'permitted', evidence: [silent.evidence] },
      message,
    };
  }
  return {
    ...weight,
    verdict: { kind: 'inconclusive', reason: 'not-observed', evidence: [], ...mayHarm },
    message: inconclusiveReasons['not-observed'],
  };
}

/** Of the weightiest failures the first that rests on what the target did, else the first. */
export function decisive(ratings: readonly Rating[]): Failure | undefined {
  const failures = [...of(ratings, 'fail'), ...of(ratings, 'warn')];
  const classes = [failures.filter(({ harm }) => harm), of(ratings, 'fail'), of(ratings, 'warn')];
  const weightiest = classes.find(({ length }) => length > 0) ?? [];
  return weightiest.find(({ absence }) => !absence) ?? weightiest[0];
}

function failed(weight: Weight, failure: Failure, ratings: readonly Rating[], profile: Profile): Judgement {
  const { kind, reason, evidence, set, harm } = failure;
  const own: Weight =
    set !== undefined && profile.source !== undefined ? { level: 'none', source: profile.source } : weight;
  const weighs = kind === 'fail' ? own : soften(own);
  const key = set?.requirement?.keys[0];
  const says = `${failReasons[reason]}: ${evidence.came}`;
  return {
    ...weighs,
    ...(key !== undefined && { key }),
    verdict: { kind: 'fail', reason, evidence: seen(evidence, ratings, kind), ...(harm && { harm }) },
    message: harm ? `${permitted(kind === 'fail' ? weight : soften(weight))}${says}` : says,
  };
}

/** Said of harm, so that the reader knows why it counts although the text does not forbid it. */
function permitted({ level }: Weight): string {
  if (level === 'none' || level === 'MAY') return 'no text forbids this; it harms: ';
  return level === 'SHOULD' || level === 'SHOULD NOT' ? 'the text only advises against this; it harms: ' : '';
}

function of<K extends Rating['kind']>(ratings: readonly Rating[], kind: K) {
  return ratings.filter((rating): rating is Rating & { readonly kind: K } => rating.kind === kind);
}

function seen(first: Evidence, ratings: readonly Rating[], kind: Rating['kind']): Seen {
  const others = ratings
    .filter((rating) => rating.kind === kind && rating.evidence !== first)
    .map(({ evidence }) => evidence);
  return [first, ...others.slice(0, evidenceMax - 1)];
}
