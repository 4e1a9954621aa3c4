import type { Facts } from '../model/facts.js';
import { isExchange } from '../model/request-kind.js';
import type { Check, ExchangeStep } from '../model/suite.js';
import { walk } from '../model/walk.js';

/**
 * The most requests that a check sends, whatever the target does that issues one id an answer: its steps, a question by a fresh
 * client after each that stays unanswered, and the DELETE of every session.
 */
export function requestsAtWorst(check: Check, facts: Facts): number {
  let total = 0;
  walk(check.steps, facts, (step) => {
    if (isExchange(step)) total += ofExchange(step, facts);
  });
  return total;
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
