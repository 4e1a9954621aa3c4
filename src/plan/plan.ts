import type { Facts } from '../model/facts.js';
import { unmet, type Need } from '../model/facts.js';
import type { Plan, Planned } from '../model/plan.js';
import type { Check } from '../model/suite.js';
import { kindOf } from '../model/steps/index.js';
import { written } from '../model/walk.js';
import { requestsAtWorst, requestsExpected } from './requests.js';

/** Which checks run against a target with these facts, in the order of the suites, and how much they ask of it. */
export function plan(checks: readonly Check[], facts: readonly Facts[]): Plan {
  const entries = facts.flatMap((one) => checks.map((check) => planOne(check, one)));
  return {
    entries,
    requests: entries.reduce((sum, entry) => sum + (entry.run ? entry.requests : 0), 0),
    requestsMax: entries.reduce((sum, entry) => sum + (entry.run ? entry.requestsMax : 0), 0),
  };
}

function planOne(check: Check, facts: Facts): Planned {
  if (!check.revisions.includes(facts.revision)) {
    return {
      check,
      facts,
      run: false,
      reason: 'other-revision',
      says: `The requirement is not part of ${facts.revision}.`,
    };
  }
  const steps = written(check.steps, facts);
  const overlapping = facts.paced && steps.find((step) => kindOf(step).overlaps(step));
  if (overlapping) {
    const says = `With --max-rps no requests overlap, and those of step ${overlapping.path} must.`;
    return { check, facts, run: false, reason: 'paced', says };
  }
  const reaching = facts.readOnly && steps.find((step) => !kindOf(step).isHarmless(step));
  if (reaching) {
    const says = `With --read-only, step ${reaching.path} is not allowed: it could reach a session of another client.`;
    return { check, facts, run: false, reason: 'read-only', says };
  }
  const missing = check.needs.find((need) => !facts.needsMet.includes(need));
  if (missing !== undefined)
    return { check, facts, run: false, reason: 'fact-missing', says: lacks(missing, facts) };
  const [requests, requestsMax] = [requestsExpected(check, facts), requestsAtWorst(check, facts)];
  return { check, facts, run: true, requests, requestsMax };
}

/** What the target answered when it was tried says more than that it is missing. */
function lacks(need: Need, { refusals }: Facts): string {
  const refusal = refusals?.[need];
  return refusal === undefined ? unmet[need] : `The fact \`${need}\` is missing: ${refusal}.`;
}
