import { isProbe } from '../../../model/probe.js';
import { isExchange } from '../../../model/request-kind.js';
import type { Step, ExchangeStep } from '../../../model/suite.js';
import type { SessionChoice } from '../../../model/session-choice.js';
import type { Problem } from '../../yaml/problem.js';
import { problemAt, type CheckRule } from '../check-rule.js';

/** A step without which the check would be the same was left unfinished, or misunderstood. */
export const stepsHaveEffects: CheckRule = ({ check, steps }) => {
  const referred = new Set(steps.flatMap(({ step }) => namesOf(step)));
  const backgrounds = new Set(
    steps.flatMap(({ step }) => (isExchange(step) && step.background ? [step.name] : [])),
  );
  const sent = new Set(steps.flatMap(({ step }) => (step.kind === 'send' ? [step.name] : [])));
  return steps.flatMap((placed): readonly Problem[] => {
    const { step } = placed;
    const last = steps.at(-1) === placed;
    if (step.kind === 'parallel' && step.steps.length === 1)
      return [problemAt(placed, 'one step alone is beside nothing; write it without `parallel`', 'parallel')];
    if (step.kind === 'close' && last)
      return [problemAt(placed, 'this closes what ends with the check anyway; leave it out', 'close')];
    if (
      step.kind === 'await' &&
      step.until === 'answer' &&
      sent.has(step.stream) &&
      !backgrounds.has(step.stream)
    )
      return [
        problemAt(
          placed,
          `the answer to \`${step.stream}\` is there already, because no \`background: true\` stands there`,
          'await',
        ),
      ];
    if (step.kind === 'send' && step.params !== undefined && isProbe(step.method))
      return [problemAt(placed, 'a probe brings its own parameters; leave these out', 'params')];
    if (isExchange(step) && isOnlyNamed(step) && !referred.has(step.name ?? ''))
      return [
        problemAt(
          placed,
          `nothing refers to \`${step.name}\`, and nothing else looks at what this step gets; say \`require\`, \`judge\`, \`group\`, or \`observe: true\``,
          ...('name' in placed.raw ? ['name'] : []),
        ),
      ];
    // Shared steps may be used where the fact is needed, and where it is not.
    if (placed.via !== undefined) return [];
    const twice = step.when.findIndex((need) => check.needs.includes(need));
    return twice < 0
      ? []
      : [
          problemAt(
            placed,
            `the check \`needs\` \`${step.when[twice]}\` already; leave it out here`,
            'when',
            twice,
          ),
        ];
  });
};

function isOnlyNamed(step: Extract<Step, { session: SessionChoice }>): boolean {
  const { require, judge, group, observe, save } = step;
  if (
    step.name === undefined ||
    observe ||
    step.kind === 'open' ||
    (step.kind === 'send' && step.abort !== 'no')
  )
    return false;
  return [require, judge, group, save].every((field) => field === undefined);
}

/** The names of other steps that a step refers to. */
function namesOf(step: Step): readonly string[] {
  if (step.kind === 'await' || step.kind === 'quiet') return [step.stream];
  if (step.kind === 'close') return [step.target];
  if (!isExchange(step)) return [];
  const resumed = step.kind === 'listen' && step.resume !== undefined ? [step.resume] : [];
  const control = step.control === undefined ? [] : [step.control];
  return [...resumed, ...control, ...idsFrom(step.session)];
}

function idsFrom(choice: SessionChoice): readonly string[] {
  if (choice.kind === 'several') return choice.of.flatMap(idsFrom);
  return choice.kind === 'named-by' || choice.kind === 'sent-by' ? [choice.step] : [];
}

/** A request that nothing looks at was left unfinished, or its expectation was forgotten. */
export const exchangesAreSeen: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || isSeen(step)) return [];
    return [
      problemAt(
        placed,
        'nothing looks at what this step gets; say `require`, `judge`, `group`, `save`, or `observe: true`',
      ),
    ];
  });

function isSeen(step: ExchangeStep): boolean {
  const { require, judge, group, name, save, observe } = step;
  const isAborted = step.kind === 'send' && step.abort !== 'no';
  return observe || isAborted || [require, judge, group, name, save].some((field) => field !== undefined);
}
