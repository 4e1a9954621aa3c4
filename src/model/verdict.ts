import type { Weight } from './level.js';
import type { FailReason, InconclusiveReason, NotApplicableReason, NotRunReason } from './reason.js';

/** One observation a verdict rests on: what was sent, what would have been accepted, what came. */
export interface Evidence {
  /** Place of the judged step in the check, such as `3` or `2.do.0`, with the iteration after `#` when it was repeated. */
  readonly step: string;
  /** The check whose exchange it is, where that is not the one that was judged. */
  readonly check?: string;
  /** Sequence numbers of the transcript entries that show it. */
  readonly entries: readonly number[];
  readonly sent: string;
  readonly acceptable: string;
  readonly came: string;
  /** What the successful twin of the request got; only for judged refusals. */
  readonly control?: string;
}

/** At least one observation: a verdict that looked at nothing does not compile. */
export type Seen = readonly [Evidence, ...Evidence[]];

export type Verdict =
  | { readonly kind: 'pass'; readonly evidence: Seen }
  | {
      readonly kind: 'fail';
      readonly reason: FailReason;
      readonly evidence: Seen;
      /** One client reached what is another's, or lost a session that it used rightly: it counts at every level. */
      readonly harm?: true;
    }
  | {
      readonly kind: 'inconclusive';
      readonly reason: InconclusiveReason;
      /** A failure could have shown harm. */
      readonly mayHarm?: true;
      readonly evidence: readonly Evidence[];
    }
  | {
      readonly kind: 'not-applicable';
      readonly reason: NotApplicableReason;
      readonly evidence: readonly Evidence[];
    }
  | { readonly kind: 'not-run'; readonly reason: NotRunReason; readonly mayHarm?: true };

export type VerdictKind = Verdict['kind'];
export const verdictKinds = [
  'pass',
  'fail',
  'inconclusive',
  'not-applicable',
  'not-run',
] as const satisfies readonly VerdictKind[];

/** What one profile says about one check. The weight is the requirement's, or the lower one of a softened answer. */
export interface Judgement extends Weight {
  /** The key of what the profile's answers stand for, where that is not the check's own requirement. */
  readonly key?: string;
  readonly verdict: Verdict;
  /** One sentence for a person. */
  readonly message: string;
}

/** The harm that a verdict shows, or could have shown. */
export function harmOf(verdict: Verdict): { readonly harm?: true; readonly mayHarm?: true } {
  return {
    ...('harm' in verdict && verdict.harm && { harm: true }),
    ...('mayHarm' in verdict && verdict.mayHarm && { mayHarm: true }),
  };
}
