import type { SceneRule } from '../scene.js';

/** The id tells where to find the check. */
export const idStartsWithSuite: SceneRule = ({ check: { id, suite }, at }) =>
  typeof suite !== 'string' || id.startsWith(`${suite}.`)
    ? []
    : [{ at: [...at, 'id'], message: `an id in this suite starts with \`${suite}.\`` }];
