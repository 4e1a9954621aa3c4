import type { FailReason } from '../../model/reason.js';
import type { Expectation, Grade, Rule } from '../../model/rule.js';
import { given } from '../given.js';
import type { RawExpectation, RawGrade, RawJudge, RawOneSession, RawSession } from '../../model/raw-suite.js';
import type { SessionChoice } from '../../model/session-choice.js';

export function rule(raw: RawJudge, reason: FailReason | undefined): Rule {
  if (isGraded(raw)) return { kind: 'graded', grades: raw.map(gradeOf) };
  if ('answer' in raw) return { kind: 'answer', set: raw.answer };
  return { kind: 'expect', expect: expectation(raw), ...given({ reason }) };
}

function gradeOf({ 'where-refused': refused = [], 'where-served': served = [], ...grade }: RawGrade): Grade {
  return { ...grade, if: expectation(grade.if), refused, served };
}

export function expectation(raw: RawExpectation): Expectation {
  const { status, header, error, contains, lacks, ...rest } = raw;
  const fields =
    header && Object.fromEntries(Object.entries(header).map(([name, test]) => [name.toLowerCase(), test]));
  return {
    ...rest,
    ...given({
      status: asList(status),
      header: fields,
      error: typeof error === 'object' ? errorOf(error) : error,
      contains: asList(contains),
      lacks: asList(lacks),
    }),
  };
}

function errorOf({
  code,
  message,
}: Exclude<NonNullable<RawExpectation['error']>, boolean>): Expectation['error'] {
  return given({ code: asList(code), message });
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] | undefined {
  if (value === undefined) return undefined;
  return isMany(value) ? value : [value];
}

function isMany<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function isGraded(raw: RawJudge): raw is readonly RawGrade[] {
  return Array.isArray(raw);
}

export function sessionChoice(raw: RawSession): SessionChoice {
  if (isSeveral(raw)) return { kind: 'several', of: raw.map(oneSession) };
  if (typeof raw === 'object' && 'joined' in raw)
    return { kind: 'several', of: raw.ids.map(oneSession), joined: raw.joined };
  return oneSession(raw);
}

function oneSession(raw: RawOneSession): SessionChoice {
  if (raw === 'own' || raw === 'none') return { kind: raw };
  if (typeof raw === 'string') return { kind: 'of', actor: raw };
  if ('generated' in raw) return { kind: 'generated', how: raw.generated };
  if ('text' in raw) return { kind: 'text', text: raw.text };
  if ('named-by' in raw) return { kind: 'named-by', step: raw['named-by'] };
  if ('sent-by' in raw) return { kind: 'sent-by', step: raw['sent-by'] };
  return { kind: 'of', actor: raw.actor, ...given({ changed: raw.changed }) };
}

function isSeveral(raw: RawSession): raw is readonly RawOneSession[] {
  return Array.isArray(raw);
}
