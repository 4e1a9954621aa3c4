import { isExchange } from '../../../model/request-kind.js';
import { kindOf } from '../../../model/steps/index.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import { defaultOptions } from '../../../model/run.js';
import type { Step } from '../../../model/suite.js';
import { total } from '../../../model/walk.js';

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

/** Far more than any check of ours takes. */
const stepsMax = 20_000;

/** Repetitions within repetitions multiply, and the target of a stranger's suite is a real server. */
export const requestsAreBounded: CheckRule = ({ steps }) => {
  const inner = new Set(steps.flatMap(({ children }) => children));
  const outermost = steps.filter((placed) => !inner.has(placed));
  const sum = countOf(outermost.map(({ step }) => step));
  const [largest] = outermost.toSorted((a, b) => countOf([b.step]) - countOf([a.step]));
  if (sum <= stepsMax || largest === undefined) return [];
  const asked = sum < 1e9 ? `${sum}` : 'billions of';
  return [
    problemAt(largest, `this check takes ${asked} steps, at most ${stepsMax} may be; repeat less in it`),
  ];
};

/** A step that sends nothing counts too: it takes its time. */
function countOf(steps: readonly Step[]): number {
  return total(steps, defaultOptions, (step) => Number(!('steps' in step)));
}
