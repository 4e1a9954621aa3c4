import type { Examined } from '../../../model/suite.js';
import type { DocPath, Problem } from '../../yaml/problem.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** A name that two steps have refers to neither. An actor is a name as well: that of the step that opens it. */
export const namesAreUnique: CheckRule = ({ steps }) => {
  const taken = new Set<string>();
  return steps.flatMap((placed) => {
    const { name } = placed.step;
    if (name === undefined) return [];
    if (!taken.has(name)) {
      taken.add(name);
      return [];
    }
    const message = `another step of this check is called \`${name}\`; give one of them another name`;
    return [problemAt(placed, message, 'name' in placed.raw ? 'name' : 'open')];
  });
};

/** The id tells where to find the check. */
export const idStartsWithSuite: CheckRule = ({ check, at }) => idProblems(check, at);

export function idProblems({ id, suite }: Pick<Examined, 'id' | 'suite'>, at: DocPath): readonly Problem[] {
  return typeof suite !== 'string' || id.startsWith(`${suite}.`)
    ? []
    : [{ at: [...at, 'id'], message: `an id in this suite starts with \`${suite}.\`` }];
}
