import { suggestion } from '../../schema/nearest.js';
import { isExchange } from '../../../model/request-kind.js';
import { kindOf } from '../../../model/steps/index.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** What is awaited, watched or closed was begun by a step before. */
export const streamsAreNamed: CheckRule = ({ steps }) => {
  const names: string[] = [];
  return steps.flatMap((placed) => {
    const { step } = placed;
    if (isExchange(step) && step.name !== undefined) names.push(step.name);
    const wanted = kindOf(step).follows(step);
    if (wanted === undefined || names.includes(wanted)) return [];
    return [
      problemAt(placed, `no step before this is called \`${wanted}\`${suggestion(wanted, names)}`, step.kind),
    ];
  });
};
