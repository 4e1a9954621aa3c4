import { isExchange } from '../../../model/request-kind.js';
import { passOfSilence } from '../silence.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** What a target does not do is no evidence while it says nothing: a server that hangs would pass. */
export const absencesAreAnswered: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.judge === undefined) return [];
    const at = passOfSilence(step.judge);
    if (at === undefined) return [];
    const message =
      'this says only what must not come, and a target that hangs sends nothing; say beside it what must come, `answered: true` or a `status`, or grade `answered: false` first';
    return [problemAt(placed, message, 'judge', ...at)];
  });

/** That nothing came counts only where something could have come: it comes later, on the same stream. */
export const absencesHaveFences: CheckRule = ({ steps }) =>
  steps.flatMap((placed, index) => {
    const { step } = placed;
    if (step.kind !== 'await' || step.judge?.came !== false) return [];
    const isFenced = steps
      .slice(index + 1)
      .some(
        ({ step: later }) =>
          later.kind === 'await' &&
          later.stream === step.stream &&
          (later.require === true || later.judge?.came === true),
      );
    if (isFenced) return [];
    const message = `a dead stream would pass this; let something come on \`${step.stream}\` later, and \`await\` it with \`require: true\``;
    return [problemAt(placed, message, 'judge')];
  });
