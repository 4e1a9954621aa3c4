import { suggestion } from '../../schema/nearest.js';
import { isExchange, requestKindOf } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** Every profile says what each answer earns. */
export const answersAreKnown: CheckRule = ({ steps, profiles }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.judge?.kind !== 'answer') return [];
    const { set } = step.judge;
    const kind = requestKindOf(step);
    const problem = (message: string) => [problemAt(placed, message, 'judge', 'answer')];
    if (profiles.length === 0) return problem(`no profile is there to say what the set \`${set}\` is`);
    for (const { profile, answers } of profiles) {
      if (!Object.hasOwn(answers, set))
        return problem(
          `the profile ${profile} has no set \`${set}\`${suggestion(set, Object.keys(answers))}`,
        );
      if (answers[set]?.rows[kind] === undefined)
        return problem(`the set \`${set}\` of the profile ${profile} has no row \`${kind}\``);
    }
    return [];
  });
