import type { Facts } from '../model/facts.js';
import { needs, unmet, type Need } from '../model/need.js';
import { attemptsMax, type Plan, type Planned } from '../model/plan.js';
import type { Check, Step } from '../model/suite.js';
import type { Witness } from '../model/witness.js';
import { isExaminedAt, saysOther } from '../model/revision.js';
import { ofOtherCarrier } from '../model/of-carrier.js';
import { kindOf } from '../model/steps/index.js';
import { written } from '../model/walk.js';
import { planWitnesses } from './witnesses.js';
import { requestsAtWorst, requestsExpected } from './requests.js';

/** Which checks run against a target with these facts, in the order of the suites, and how much they and the witnesses ask of it. */
export function plan(
  checks: readonly Check[],
  facts: readonly Facts[],
  witnesses: readonly Witness[] = [],
): Plan {
  const spoken = facts.map(({ revision }) => revision);
  const entries = facts.flatMap((one) =>
    checks.filter((check) => isExaminedAt(check, one.revision, spoken)).map((check) => planOne(check, one)),
  );
  const running = entries.flatMap((entry) => (entry.run ? [entry] : []));
  const [first] = facts;
  const beside = first === undefined ? [] : planWitnesses(witnesses, first, running.length);
  return {
    entries,
    witnesses: beside,
    requests: sumOf('requests', [...running, ...beside]),
    requestsMax: attemptsMax * sumOf('requestsMax', running) + sumOf('requestsMax', beside),
  };
}

function sumOf<K extends 'requests' | 'requestsMax'>(
  of: K,
  these: readonly Readonly<Record<K, number>>[],
): number {
  return these.reduce((sum, one) => sum + one[of], 0);
}

function planOne(check: Check, facts: Facts): Planned {
  if (!check.revisions.includes(facts.revision)) {
    return {
      check,
      facts,
      run: false,
      reason: 'other-revision',
      says: saysOther(check, facts.revision),
    };
  }
  const other = ofOtherCarrier(check, facts.carrier ?? 'http', facts);
  if (other !== undefined) return { check, facts, run: false, ...other };
  const steps = written(check.steps, facts);
  const overlapping = facts.paced && steps.find((step) => kindOf(step).overlaps(step));
  if (overlapping) {
    const says = `With --max-rps no requests overlap, and those of step ${overlapping.path} must.`;
    return { check, facts, run: false, reason: 'paced', says };
  }
  const reaching = facts.readOnly && steps.find((step) => !kindOf(step).isHarmless(step));
  if (reaching) {
    const does = callsTool(reaching) ? 'it calls a tool' : 'it could reach a session of another client';
    const says = `With --read-only, step ${reaching.path} is not allowed: ${does}.`;
    return { check, facts, run: false, reason: 'read-only', says };
  }
  const missing = check.needs.find((need) => !facts.needsMet.includes(need));
  if (missing !== undefined)
    return {
      check,
      facts,
      run: false,
      reason: 'fact-missing',
      says: lacks(missing, facts),
      need: missing,
    };
  const [requests, requestsMax] = [requestsExpected(check, facts), requestsAtWorst(check, facts)];
  return { check, facts, run: true, requests, requestsMax };
}

/** What the target answered when it was tried says more than that it is missing. */
function lacks(need: Need, { refusals, readOnly }: Facts): string {
  if (readOnly && toolNeeds.has(need))
    return `With --read-only no tool is called, and this takes one: ${needs[need]}.`;
  const refusal = refusals?.[need];
  return refusal === undefined ? unmet[need] : `The fact \`${need}\` is missing: ${refusal}.`;
}

const toolNeeds: ReadonlySet<Need> = new Set(['state', 'words', 'kept', 'identity', 'slow', 'update']);

function callsTool(step: Step): boolean {
  if (step.kind === 'post') return step.body.includes('tools/call');
  return step.kind === 'send' && (step.method === 'tools/call' || step.method.startsWith('probe.'));
}
