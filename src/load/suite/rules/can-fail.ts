import { isExchange } from '../../../model/request-kind.js';
import { kindOf } from '../../../model/steps/index.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** A check that cannot fail says nothing. */
export const checksCanFail: CheckRule = ({ check, steps, at }) =>
  check.invariants.length > 0 || steps.some(({ step }) => kindOf(step).canFail(step))
    ? []
    : [
        {
          at: [...at, 'steps'],
          key: true,
          message: 'this check cannot fail: no step has a `judge`, and there are no `invariants`',
        },
      ];

/** What is not among the grades fails, but a list of nothing but `pass` is an expectation in disguise. */
export const gradesDiffer: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (
      !isExchange(step) ||
      step.judge?.kind !== 'graded' ||
      step.judge.grades.some((grade) => grade.then !== 'pass')
    )
      return [];
    return [
      problemAt(
        placed,
        'every grade of this list is `pass`; add what fails, or write one expectation',
        'judge',
      ),
    ];
  });
