import type { Need } from '../../../model/need.js';
import { isProbe, probeNeeds } from '../../../model/probe.js';
import type { Profile } from '../../../model/profile.js';
import { isExchange, requestKindOf } from '../../../model/request-kind.js';
import type { Expectation } from '../../../model/rule.js';
import type { ExchangeStep } from '../../../model/suite.js';
import type { Placed } from '../build.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import { kindOf } from '../../../model/steps/index.js';
import type { Problem } from '../../yaml/problem.js';

/** Without its fact a step would do something else than meant, or judge a target by what it need not offer. */
export const factsAreNeeded: CheckRule = ({ check, steps, profiles }) => {
  const above = new Map(steps.flatMap((placed) => placed.children.map((child) => [child, placed] as const)));
  const whenOf = (placed: Placed | undefined): readonly Need[] =>
    placed === undefined ? [] : [...placed.step.when, ...whenOf(above.get(placed))];
  return steps.flatMap((placed) => {
    const { step } = placed;
    const need = isExchange(step) ? needOf(step, profiles) : undefined;
    if (need === undefined) return [];
    const given = new Set([...check.needs, ...whenOf(placed)]);
    if (given.has(need) || implying[need]?.some((other) => given.has(other))) return [];
    const what = step.kind === 'send' ? `\`${step.method}\`` : `what this judges by \`${step.kind}\``;
    const message = `${what} is there only where the target has \`${need}\`; add it to the \`needs\` of the check, or to the \`when\` of the step`;
    return [problemAt(placed, message, step.kind)];
  });
};

/** A message that comes on a GET stream: then there are such a stream and such a message. Ids of events are those of a stream. */
const implying: Readonly<Partial<Record<Need, readonly Need[]>>> = {
  notify: ['push'],
  get: ['push', 'ask-on-get'],
  ask: ['ask-on-get', 'answer-shown'],
  'reply-streams': ['reply-ids'],
};

function needOf(step: ExchangeStep, profiles: readonly Profile[]): Need | undefined {
  if (step.kind === 'answer') return 'ask';
  if (step.kind === 'send') return isProbe(step.method) ? probeNeeds[step.method] : undefined;
  if (step.kind !== 'listen' && step.kind !== 'delete') return undefined;
  if (isOnlySeen(step) || allowsAbsence(step, profiles)) return undefined;
  return step.kind === 'listen' ? 'get' : 'delete';
}

function isOnlySeen({ require, judge, group, name }: ExchangeStep): boolean {
  return [require, judge, group, name].every((field) => field === undefined);
}

/** 405 says that the target does not offer it. Where that is spoken of, the step is about servers without it too. */
function allowsAbsence(step: ExchangeStep, profiles: readonly Profile[]): boolean {
  const { require, judge } = step;
  if (require !== undefined && !isMetBy405(require)) return false;
  if (judge === undefined) return require !== undefined;
  switch (judge.kind) {
    case 'expect':
      return isMetBy405(judge.expect);
    case 'graded':
      return judge.grades.some(
        ({ if: wanted, then }) => isMetBy405(wanted) && then !== 'fail' && then !== 'warn',
      );
    case 'answer': {
      const rows = profiles.map(({ answers }) => answers[judge.set]?.rows[requestKindOf(step)]);
      return rows.every((row) => row?.['405'] === 'pass' || row?.['405'] === 'unspecified');
    }
  }
}

function isMetBy405({ status, answered, ...others }: Expectation): boolean {
  if (Object.keys(others).length > 0) return false;
  return answered === true || (status?.some((one) => one === 405 || one === '4xx') ?? false);
}

/** A step that depends on what a run is told runs only where it was, and no other check runs when a process ends. */
export const configuredIsNeeded: CheckRule = ({ check, steps }) =>
  steps.flatMap((placed) => {
    const wanted = kindOf(placed.step).needs(placed.step);
    if (wanted === undefined) return [];
    const { key, need } = wanted;
    return [
      ...missing(placed, key, need, check.needs),
      ...(need === 'operator' && !check.alone
        ? [
            problemAt(
              placed,
              'a check that ends the process runs by itself; say `alone: true` in the check',
              key,
            ),
          ]
        : []),
    ];
  });

function missing(placed: Placed, key: string, need: Need, needs: readonly Need[]): readonly Problem[] {
  if (needs.includes(need)) return [];
  return [problemAt(placed, `this takes \`${need}\`; add it to the \`needs\` of the check`, key)];
}
