import type { AnswerClass, Profile } from '../../model/profile.js';
import type { Expectation, Rule } from '../../model/rule.js';
import type { ExchangeStep } from '../../model/suite.js';
import { requestKindOf } from '../../model/request-kind.js';

/** True where a target that refuses everything would pass. */
export function acceptsOnlyRefusals(step: ExchangeStep, profiles: readonly Profile[]): boolean {
  return step.judge !== undefined && isRefusal(step.judge, step, profiles);
}

/** True where a refusal cannot meet the expectation. */
export function excludesRefusals({ status, result, stream, tool }: Expectation): boolean {
  const isServed = status !== undefined && status.every((code) => !isRefusalStatus(code));
  return isServed || result === true || typeof result === 'object' || stream === true || tool === 'ok';
}

const servedClasses: readonly AnswerClass[] = ['served', 'accepted', 'adopted', 'new-session', 'no-session'];

function isRefusal(rule: Rule, step: ExchangeStep, profiles: readonly Profile[]): boolean {
  switch (rule.kind) {
    case 'expect':
      return demandsRefusal(rule.expect);
    case 'graded': {
      const passing = rule.grades.filter((grade) => grade.then === 'pass');
      return passing.length > 0 && passing.every((grade) => demandsRefusal(grade.if));
    }
    case 'answer': {
      const rows = profiles.map(({ answers }) =>
        Object.hasOwn(answers, rule.set) ? answers[rule.set]?.rows[requestKindOf(step)] : undefined,
      );
      // Of a set that is missing somewhere another rule speaks.
      return rows.every((row) => row !== undefined && !servedClasses.some((name) => row[name] === 'pass'));
    }
  }
}

function demandsRefusal({ status, error, result, tool }: Expectation): boolean {
  if (status !== undefined && status.every(isRefusalStatus)) return true;
  return tool === 'error' || result === false || (error !== undefined && error !== false);
}

function isRefusalStatus(status: number | string): boolean {
  return Number(String(status).slice(0, 1)) >= 4;
}
