import type { Facts } from '../model/facts.js';
import { timesOf, type Check, type Step } from '../model/suite.js';

/** The most requests that a check sends to a target that behaves: its steps, and the DELETE of each session it opens. */
export function requestsOf(check: Check, facts: Facts): number {
  return check.steps.reduce((sum, step) => sum + requests(step, facts), 0);
}

function requests(step: Step, facts: Facts): number {
  if (!step.when.every((need) => facts.met.includes(need))) return 0;
  switch (step.kind) {
    case 'parallel':
      return step.steps.reduce((sum, inner) => sum + requests(inner, facts), 0);
    case 'repeat':
      return timesOf(step, facts) * step.steps.reduce((sum, inner) => sum + requests(inner, facts), 0);
    case 'open':
      return 1 + (step.initialized ? 1 : 0) + (facts.delete.offered ? 1 : 0);
    case 'await':
    case 'quiet':
    case 'idle':
    case 'server':
    case 'close':
    case 'analyse':
      return 0;
    case 'send':
    case 'notify':
    case 'post':
    case 'listen':
    case 'delete':
    case 'raw':
      return 1;
  }
}
