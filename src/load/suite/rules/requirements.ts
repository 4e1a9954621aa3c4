import { isExchange } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import { suggestion } from '../../schema/nearest.js';
import type { RawRequirement } from '../../../model/raw-suite.js';
import type { DocPath, Problem } from '../../yaml/problem.js';
import { loadRequirements } from '../../catalogue/requirements.js';

/** A requirement comes from the registry, or is a rule of the author's own. */
export const requirementIsWhole: CheckRule = ({ raw: { requirement }, at }) =>
  requirementProblems(requirement, at);

export function requirementProblems(requirement: RawRequirement, at: DocPath): readonly Problem[] {
  const where = [...at, 'requirement'];
  const { keys, level, says, section } = requirement;
  if (keys === undefined) {
    if (level !== undefined && says !== undefined) return [];
    const message = 'a requirement needs `keys`, or `level` and `says` for a rule of your own';
    return [{ at: where, message }];
  }
  const twice = Object.entries({ level, section }).flatMap(([name, value]): readonly Problem[] =>
    value === undefined
      ? []
      : [{ at: [...where, name], key: true, message: `\`${name}\` comes with the keys; leave it out` }],
  );
  const known = loadRequirements().map(({ key }) => key);
  const unknown = keys.flatMap((key, index): readonly Problem[] =>
    known.includes(key)
      ? []
      : [
          {
            at: [...where, 'keys', index],
            message: `no requirement has the key \`${key}\`${suggestion(key, known)}`,
          },
        ],
  );
  return [...twice, ...unknown];
}

/** A grade that depends on what was refused names steps of the check. */
export const gradesNameSteps: CheckRule = ({ steps }) => {
  const names = steps.flatMap(({ step }) => step.name ?? []);
  return steps.flatMap((placed) => {
    const { step } = placed;
    const grades = isExchange(step) && step.judge?.kind === 'graded' ? step.judge.grades : [];
    return grades.flatMap(({ refused, served }, index) =>
      Object.entries({ 'where-refused': refused, 'where-served': served }).flatMap(([key, wanted]) =>
        wanted
          .filter((name) => !names.includes(name))
          .map((name) => {
            const message = `no step of this check is called \`${name}\`${suggestion(name, names)}`;
            return problemAt(placed, message, 'judge', index, key);
          }),
      ),
    );
  });
};

/** Harm that a check declares names steps that it has. */
export const harmNamesSteps: CheckRule = ({ check, raw: { harm }, at, steps }) => {
  if (harm === undefined || harm === true) return [];
  const names = steps.flatMap(({ step }) => step.name ?? []);
  return check.harm.flatMap(({ step, refused }, index) =>
    [step ?? [], refused]
      .flat()
      .filter((name) => !names.includes(name))
      .map((name) => ({
        at: [...at, 'harm', index],
        message: `no step of this check is called \`${name}\`${suggestion(name, names)}`,
      })),
  );
};
