import { suggestion } from '../../schema/nearest.js';
import { isExchange } from '../../../model/request-kind.js';
import { problemAt, type CheckSource, type CheckRule } from '../check-rule.js';
import { findingsOf } from '../../../model/analysis.js';
import type { Problem } from '../../yaml/problem.js';

/** What an analysis or an invariant is over is the group of some step. */
export const groupsAreFilled: CheckRule = ({ check, steps, at }) => {
  const groups = groupsOf(steps);
  const message = (over: string): string => `no step has \`group: ${over}\`${suggestion(over, groups)}`;
  return [
    ...steps.flatMap((placed) => {
      const { step } = placed;
      const isEmpty = step.kind === 'analyse' && !groups.includes(step.over);
      return isEmpty ? [problemAt(placed, message(step.over), 'over')] : [];
    }),
    ...check.invariants.flatMap(({ over }, index) =>
      groups.includes(over) ? [] : [{ at: [...at, 'invariants', index, 'over'], message: message(over) }],
    ),
  ];
};

/** Something is said over each group. */
export const groupsAreRead: CheckRule = ({ check, steps }) => {
  const analysed = steps.flatMap(({ step }) => (step.kind === 'analyse' ? [step.over] : []));
  const read = new Set([...check.invariants.map(({ over }) => over), ...analysed]);
  return steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.group === undefined || read.has(step.group)) return [];
    return [
      problemAt(
        placed,
        `no analysis or invariant is over \`${step.group}\`; add one, or leave the group out`,
        'group',
      ),
    ];
  });
};

function groupsOf(steps: CheckSource['steps']): readonly string[] {
  return [
    ...new Set(
      steps.flatMap(({ step }) => (isExchange(step) && step.group !== undefined ? [step.group] : [])),
    ),
  ];
}

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
