import type { Need } from '../../../model/facts.js';
import { kindOf } from '../../../model/steps/index.js';
import type { Placed } from '../build.js';
import type { Problem } from '../../yaml/problem.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** A step that depends on what a run is told runs only where it was, and nobody else is there when a process ends. */
export const configuredIsNeeded: CheckRule = ({ check, steps }) =>
  steps.flatMap((placed) => {
    const wanted = kindOf(placed.step).needs(placed.step);
    if (wanted === undefined) return [];
    const { key, need } = wanted;
    return [
      ...missing(placed, key, need, check.needs),
      ...(need === 'operator' && !check.alone
        ? [
            problemAt(
              placed,
              'a check that ends the process runs by itself; say `alone: true` in the check',
              key,
            ),
          ]
        : []),
    ];
  });

function missing(placed: Placed, key: string, need: Need, needs: readonly Need[]): readonly Problem[] {
  if (needs.includes(need)) return [];
  return [problemAt(placed, `this takes \`${need}\`; add it to the \`needs\` of the check`, key)];
}
