import type { CheckRule } from '../check-rule.js';

/** The id tells where to find the check. */
export const idStartsWithSuite: CheckRule = ({ check: { id, suite }, at }) =>
  typeof suite !== 'string' || id.startsWith(`${suite}.`)
    ? []
    : [{ at: [...at, 'id'], message: `an id in this suite starts with \`${suite}.\`` }];
