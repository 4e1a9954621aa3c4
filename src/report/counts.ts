import type { Policy } from '../model/gate.js';
import { severityOf, trips } from '../model/level.js';
import type { Level } from '../model/level.js';
import type { Result } from '../model/report.js';

/** True for a failure that makes the target not conformant under the policy; the others are warnings. */
export function failureCounts(result: Result, policy: Policy): boolean {
  return result.verdict === 'fail' && levelCounts(result.level, policy);
}

/** True for an inconclusive check that leaves the run undecided under the policy. */
export function inconclusiveCounts(result: Result, policy: Policy): boolean {
  return (
    result.verdict === 'inconclusive' && policy.inconclusive === 'fail' && levelCounts(result.level, policy)
  );
}

export function levelCounts(level: Level, policy: Policy): boolean {
  return trips(severityOf[level], policy.failOn);
}
