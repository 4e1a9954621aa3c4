import type { Evidence, Judgement, Verdict } from '../model/verdict.js';

/** `npm run typecheck` holds these: a verdict that looked at nothing does not compile. */
declare const evidence: Evidence;
declare const several: readonly Evidence[];

export const seen: Verdict = { kind: 'pass', evidence: [evidence] };
export const unseen: Verdict = { kind: 'inconclusive', reason: 'not-observed', evidence: [] };

// @ts-expect-error a pass needs something that was seen
export const emptyPass: Verdict = { kind: 'pass', evidence: [] };
// @ts-expect-error a list that may be empty is not enough
export const perhapsEmptyPass: Verdict = { kind: 'pass', evidence: several };
// @ts-expect-error a pass without evidence is none
export const barePass: Verdict = { kind: 'pass' };
// @ts-expect-error a failure needs something that was seen
export const emptyFail: Verdict = { kind: 'fail', reason: 'served', evidence: [] };
// @ts-expect-error a failure has a reason
export const reasonlessFail: Verdict = { kind: 'fail', evidence: [evidence] };
// @ts-expect-error doubt has a reason
export const reasonlessDoubt: Verdict = { kind: 'inconclusive', evidence: [] };
// @ts-expect-error the reasons are a closed list
export const newReason: Verdict = { kind: 'not-run', reason: 'no time' };
// @ts-expect-error a judgement is no verdict word
export const bareJudgement: Judgement = { level: 'MUST', verdict: 'pass', message: '' };
