import type { Expectation, Rule } from '../../model/rule.js';

type Predicates = {
  readonly [K in keyof Required<Expectation>]: (wanted: Required<Expectation>[K]) => boolean;
};

const never = (): boolean => false;
const ifFalse = (wanted: unknown): boolean => wanted === false;

/** Which predicates hold, or would hold but for the end of an answer, where nothing came at all. */
const metBySilence: Predicates = {
  status: never,
  result: ifFalse,
  error: ifFalse,
  tool: never,
  contains: never,
  lacks: () => true,
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
};

const names = Object.keys(metBySilence).filter((name): name is keyof Expectation => name in metBySilence);

/** True where everything that is expected is missing from silence as well: then it takes an answer beside it. */
export function isAbsence(expectation: Expectation): boolean {
  return names.every((name) => isMet(name, expectation));
}

// K ties the wanted value to its predicate.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function isMet<K extends keyof Expectation>(name: K, expectation: Partial<Required<Expectation>>): boolean {
  const wanted: Required<Expectation>[K] | undefined = expectation[name];
  const predicate: Predicates[K] = metBySilence[name];
  return wanted === undefined || predicate(wanted);
}

/** Where in a rule silence earns a pass: at the first grade that it meets, or in the one expectation. */
export function passOfSilence(rule: Rule): readonly (string | number)[] | undefined {
  if (rule.kind === 'answer') return undefined;
  if (rule.kind === 'expect') return isAbsence(rule.expect) ? [] : undefined;
  const first = rule.grades.findIndex((grade) => isAbsence(grade.if));
  return rule.grades[first]?.then === 'pass' ? [first, 'if'] : undefined;
}
