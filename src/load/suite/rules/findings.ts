import { findingsOf } from '../../../model/suite.js';
import { suggestion } from '../../schema/nearest.js';
import type { Problem } from '../../yaml/problem.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** An analysis is judged by what it finds. */
export const findingsExist: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (step.kind !== 'analyse') return [];
    const known = findingsOf[step.analysis];
    const unknown = Object.keys(step.judge.finds).filter((name) => !known.includes(name));
    const problem = (name: string): Problem => ({
      ...problemAt(
        placed,
        `\`${step.analysis}\` finds no \`${name}\`${suggestion(name, known)}`,
        'judge',
        name,
      ),
      key: true,
    });
    return unknown.map(problem);
  });
