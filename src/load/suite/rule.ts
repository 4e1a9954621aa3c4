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

export function expectation(raw: RawExpectation): Expectation {
  const { status, header, error, contains, lacks, ...rest } = raw;
  const fields =
    header && Object.fromEntries(Object.entries(header).map(([name, test]) => [name.toLowerCase(), test]));
  return {
    ...rest,
    ...given({
      status: listed(status),
      header: fields,
      error: typeof error === 'object' ? errorOf(error) : error,
      contains: listed(contains),
      lacks: listed(lacks),
    }),
  };
}

function errorOf({
  code,
  message,
}: Exclude<NonNullable<RawExpectation['error']>, boolean>): Expectation['error'] {
  return given({ code: listed(code), message });
}

function listed<T>(value: T | readonly T[] | undefined): readonly T[] | undefined {
  if (value === undefined) return undefined;
  return isMany(value) ? value : [value];
}

function isMany<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function isGraded(raw: RawJudge): raw is readonly RawGrade[] {
  return Array.isArray(raw);
}
