import type { Facts } from '../model/facts.js';
import { needs, remedies, type Need } from '../model/facts.js';
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
      says: `the requirement is not part of ${facts.revision}`,
    };
  }
  const steps = written(check.steps, facts);
  const overlapping = facts.paced && steps.find((step) => kindOf(step).overlaps(step));
  if (overlapping) {
    const says = `the run is paced, and requests of step ${overlapping.path} must overlap`;
    return { check, facts, run: false, reason: 'paced', says };
  }
  const reaching = facts.readOnly && steps.find((step) => !kindOf(step).isHarmless(step));
  if (reaching) {
    const says = `the run is read-only, and step ${reaching.path} may reach beyond sessions of its own`;
    return { check, facts, run: false, reason: 'read-only', says };
  }
  const missing = check.needs.find((need) => !facts.needsMet.includes(need));
  if (missing !== undefined)
    return { check, facts, run: false, reason: 'fact-missing', says: lacks(missing, facts) };
  const [requests, requestsMax] = [requestsExpected(check, facts), requestsAtWorst(check, facts)];
  return { check, facts, run: true, requests, requestsMax };
}

function lacks(need: Need, { refusals }: Facts): string {
  const more = refusals?.[need] ?? remedies[need];
  return `not given: ${needs[need]}${more === undefined ? '' : `; ${more}`}`;
}
