import { severityOf, type Level } from '../model/level.js';
import type { Profile } from '../model/profile.js';
import { failReasons, inconclusiveReasons, notApplicableReasons } from '../model/reason.js';
import type { Check } from '../model/suite.js';
import type { Transcript } from '../model/transcript.js';
import type { Evidence, Judgement, Seen } from '../model/verdict.js';
import type { Rating } from './rating.js';

/** The most that a report shows of a verdict that rests on many exchanges. */
const evidenceMax = 8;

/** The weightiest rating decides: a failure, then a softened one, then doubt, then a pass; if no rule spoke, nothing applies. */
export function combine(
  check: Check,
  ratings: readonly Rating[],
  transcript: Transcript,
  profile: Profile,
): Judgement {
  const { level } = check.requirement;
  const [failure] = [...of(ratings, 'fail'), ...of(ratings, 'warn')];
  if (failure !== undefined) {
    const own = failure.byProfile ? (profile.level ?? level) : level;
    return {
      level: failure.kind === 'fail' ? own : soften(own),
      verdict: {
        kind: 'fail',
        reason: failure.reason,
        evidence: seen(failure.evidence, ratings, failure.kind),
      },
      message: `${failReasons[failure.reason]}: ${failure.evidence.came}`,
    };
  }
  // A later doubt often is a mere consequence of the first one.
  const [doubt] = [
    ...of(ratings, 'unclear').filter(({ reason }) => reason !== 'not-observed'),
    ...of(ratings, 'unclear'),
  ];
  if (doubt !== undefined) {
    const message = `${inconclusiveReasons[doubt.reason]} (step ${doubt.evidence.step}: ${doubt.evidence.came})`;
    return {
      level,
      verdict: { kind: 'inconclusive', reason: doubt.reason, evidence: [doubt.evidence] },
      message,
    };
  }
  const [passed] = of(ratings, 'pass');
  if (passed !== undefined && transcript.cut === undefined) {
    return {
      level,
      verdict: { kind: 'pass', evidence: seen(passed.evidence, ratings, 'pass') },
      message: passed.evidence.came,
    };
  }
  const [silent] = of(ratings, 'unspecified');
  if (silent !== undefined && transcript.cut === undefined) {
    const message = `${notApplicableReasons.permitted}: ${silent.evidence.came}`;
    return {
      level,
      verdict: { kind: 'not-applicable', reason: 'permitted', evidence: [silent.evidence] },
      message,
    };
  }
  return {
    level,
    verdict: { kind: 'inconclusive', reason: 'not-observed', evidence: [] },
    message: inconclusiveReasons['not-observed'],
  };
}

/** A softened failure never counts for more than a SHOULD. */
function soften(level: Level): Level {
  return severityOf[level] === 'must' ? 'SHOULD' : level;
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
