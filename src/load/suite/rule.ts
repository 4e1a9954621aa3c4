import type { FailReason } from '../../model/reason.js';
import type { Expectation, Rule } from '../../model/rule.js';
import { given } from '../given.js';
import type { RawExpectation, RawGrade, RawJudge } from '../../model/raw-suite.js';

export function rule(raw: RawJudge, reason: FailReason | undefined): Rule {
  if (isGraded(raw))
    return { kind: 'graded', grades: raw.map((grade) => ({ ...grade, if: expectation(grade.if) })) };
  if ('answer' in raw) return { kind: 'answer', set: raw.answer };
  return { kind: 'expect', expect: expectation(raw), ...given({ reason }) };
}

export function expectation({ status, header, ...rest }: RawExpectation): Expectation {
  const fields =
    header && Object.fromEntries(Object.entries(header).map(([name, test]) => [name.toLowerCase(), test]));
  return {
    ...rest,
    ...given({ status: status === undefined ? undefined : [status].flat(), header: fields }),
  };
}

function isGraded(raw: RawJudge): raw is readonly RawGrade[] {
  return Array.isArray(raw);
}
