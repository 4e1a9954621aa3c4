import type { Facts } from '../model/facts.js';
import { isExchange } from '../model/request-kind.js';
import { timesOf, type Check, type ExchangeStep, type Step } from '../model/suite.js';

/**
 * The most requests that a check sends, whatever the target does that issues one id an answer: its steps, a question by a fresh
 * client after each that stays unanswered, and the DELETE of every session.
 */
export function requestsAtWorst(check: Check, facts: Facts): number {
  return sum(check.steps, facts);
}

function sum(steps: readonly Step[], facts: Facts): number {
  return steps
    .filter(({ when }) => when.every((need) => facts.needsMet.includes(need)))
    .reduce((total, step) => total + ofStep(step, facts), 0);
}

function ofStep(step: Step, facts: Facts): number {
  if (step.kind === 'parallel') return sum(step.steps, facts);
  if (step.kind === 'repeat') return timesOf(step, facts) * sum(step.steps, facts);
  return isExchange(step) ? ofExchange(step, facts) : 0;
}

function ofExchange(step: ExchangeStep, { delete: { offered } }: Facts): number {
  const opens = step.kind === 'open' || (step.kind === 'send' && step.method === 'initialize');
  const isLookedAt = step.require !== undefined || step.judge !== undefined || step.group !== undefined;
  const asksAfterwards = isLookedAt && !step.background;
  const opened = Number(opens) + Number(asksAfterwards);
  return (
    1 + Number(step.kind === 'open' && step.initialized) + Number(asksAfterwards) + (offered ? opened : 0)
  );
}
