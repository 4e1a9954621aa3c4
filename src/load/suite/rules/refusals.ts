import { acceptsOnlyRefusals } from '../refusal.js';
import { isExchange } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** Without a control, a target that refuses everything would pass. */
export const refusalsHaveControls: CheckRule = ({ steps, profiles }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.control !== undefined || !acceptsOnlyRefusals(step, profiles)) return [];
    const message =
      'a target that refuses everything would pass this; name under `control` the same kind of request that succeeds in this check';
    return [problemAt(placed, message, 'judge')];
  });
