import { isExchange } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import type { Expectation, Rule } from '../../../model/rule.js';

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

type SilenceTests = {
  readonly [K in keyof Required<Expectation>]: (wanted: Required<Expectation>[K]) => boolean;
};

const never = (): boolean => false;
const ifFalse = (wanted: unknown): boolean => wanted === false;

/** Which predicates hold, or would hold but for the end of an answer, where nothing came at all. */
const metBySilence: SilenceTests = {
  status: never,
  result: ifFalse,
  error: ifFalse,
  tool: never,
  contains: never,
  lacks: () => true,
  equals: never,
  body: never,
  stream: ifFalse,
  // An answer without an id, or without a field, is an answer; that one came is not said by them.
  'session-id': (wanted) => wanted === 'absent' || wanted === 'absent-or-own' || wanted === 'not-sent',
  header: (wanted) => Object.values(wanted).every((test) => test === 'absent'),
  echoes: ifFalse,
  'state-count': never,
  'state-count-at-least': never,
  mentions: never,
  messages: never,
  'begins-with-id-event': ifFalse,
  answered: ifFalse,
  ended: ifFalse,
  idle: () => true,
};

const silenceNames = Object.keys(metBySilence).filter(
  (name): name is keyof Expectation => name in metBySilence,
);

/** True where everything that is expected is missing from silence as well: then it takes an answer beside it. */
function isAbsence(expectation: Expectation): boolean {
  return silenceNames.every((name) => isMet(name, expectation));
}

// K ties the wanted value to its predicate.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function isMet<K extends keyof Expectation>(name: K, expectation: Partial<Required<Expectation>>): boolean {
  const wanted: Required<Expectation>[K] | undefined = expectation[name];
  const predicate: SilenceTests[K] = metBySilence[name];
  return wanted === undefined || predicate(wanted);
}

/** Where in a rule silence earns a pass: at the first grade that it meets, or in the one expectation. */
function passOfSilence(rule: Rule): readonly (string | number)[] | undefined {
  if (rule.kind === 'answer') return undefined;
  if (rule.kind === 'expect') return isAbsence(rule.expect) ? [] : undefined;
  const first = rule.grades.findIndex((grade) => isAbsence(grade.if));
  return rule.grades[first]?.then === 'pass' ? [first, 'if'] : undefined;
}
