import { isExchange } from '../../../model/request-kind.js';
import { defaultOptions } from '../../../model/run.js';
import type { Placed } from '../build.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** Far more than any check of ours sends. */
const requestsMax = 20_000;

/** Repetitions within repetitions multiply, and the target of a stranger's suite is somebody's server. */
export const requestsAreBounded: CheckRule = ({ steps }) => {
  const inner = new Set(steps.flatMap(({ children }) => children));
  const outermost = steps.filter((placed) => !inner.has(placed));
  const sum = requestsOf(outermost);
  const [most] = outermost.toSorted((a, b) => requestsOf([b]) - requestsOf([a]));
  if (sum <= requestsMax || most === undefined) return [];
  const asked = sum < 1e9 ? `${sum}` : 'billions of';
  return [
    problemAt(most, `this check sends ${asked} requests, at most ${requestsMax} may be; repeat less in it`),
  ];
};

function requestsOf(steps: readonly Placed[]): number {
  return steps.reduce(
    (sum, { step, children }) => sum + (isExchange(step) ? 1 : timesOf(step) * requestsOf(children)),
    0,
  );
}

function timesOf(step: Placed['step']): number {
  if (step.kind !== 'repeat') return 1;
  return step.times === 'burst' ? defaultOptions.burst : step.times;
}
