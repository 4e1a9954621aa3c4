import type { ExchangeStep } from '../../../model/suite.js';
import { isExchange } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** A request that nothing looks at was left unfinished, or its expectation was forgotten. */
export const exchangesAreSeen: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || isSeen(step)) return [];
    return [
      problemAt(
        placed,
        'nothing looks at what this step gets; say `require`, `judge`, `group`, `save`, or `observe: true`',
      ),
    ];
  });

function isSeen(step: ExchangeStep): boolean {
  const { require, judge, group, name, save, observe } = step;
  const isAborted = step.kind === 'send' && step.abort;
  return observe || isAborted || [require, judge, group, name, save].some((field) => field !== undefined);
}
