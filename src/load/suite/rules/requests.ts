import { defaultOptions } from '../../../model/run.js';
import type { Step } from '../../../model/suite.js';
import { total } from '../../../model/walk.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** Far more than any check of ours takes. */
const stepsMax = 20_000;

/** Repetitions within repetitions multiply, and the target of a stranger's suite is somebody's server. */
export const requestsAreBounded: CheckRule = ({ steps }) => {
  const inner = new Set(steps.flatMap(({ children }) => children));
  const outermost = steps.filter((placed) => !inner.has(placed));
  const sum = countOf(outermost.map(({ step }) => step));
  const [most] = outermost.toSorted((a, b) => countOf([b.step]) - countOf([a.step]));
  if (sum <= stepsMax || most === undefined) return [];
  const asked = sum < 1e9 ? `${sum}` : 'billions of';
  return [problemAt(most, `this check takes ${asked} steps, at most ${stepsMax} may be; repeat less in it`)];
};

/** A step that sends nothing counts too: it takes its time. */
function countOf(steps: readonly Step[]): number {
  return total(steps, defaultOptions, (step) => Number(!('steps' in step)));
}
