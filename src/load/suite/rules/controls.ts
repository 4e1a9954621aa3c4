import type { ExchangeStep } from '../../../model/suite.js';
import { suggestion } from '../../schema/nearest.js';
import { isExchange, requestKindOf } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import type { AnswerClass, Profile } from '../../../model/profile.js';
import type { Expectation, Rule } from '../../../model/rule.js';

/** A control is the same kind of request as the judged one, and one that a target which refuses everything does not pass. */
export const controlsCanTell: CheckRule = ({ steps }) => {
  const exchanges = steps.flatMap(({ step }) => (isExchange(step) ? [step] : []));
  return steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.control === undefined) return [];
    const control = controlNamed(step.control, exchanges);
    const message = control === undefined ? unknown(step.control, exchanges) : faultOf(step, control);
    return message === undefined ? [] : [problemAt(placed, message, 'control')];
  });
};

function controlNamed(name: string, exchanges: readonly ExchangeStep[]): ExchangeStep | undefined {
  return (
    exchanges.find((step) => step.name === name) ??
    exchanges.find((step) => step.kind === 'open' && step.as === name)
  );
}

function unknown(name: string, exchanges: readonly ExchangeStep[]): string {
  const names = exchanges.flatMap((step) =>
    step.name === undefined || step.control !== undefined ? [] : [step.name],
  );
  return `no step of this check is called \`${name}\`${suggestion(name, names)}`;
}

function faultOf(step: ExchangeStep, control: ExchangeStep): string | undefined {
  if (control === step) return 'a step cannot be its own control; name the one that succeeds';
  const [judged, twin] = [familyOf(step), familyOf(control)];
  if (!twins[judged].includes(twin) && !refusesMethod(step))
    return `\`${step.control}\` is another kind of request: ${twin}, not ${judged}`;
  if (control.require !== undefined && excludesRefusals(control.require)) return undefined;
  return `a refusal would do for \`${step.control}\` too; it must \`require\` a status such as 2xx, a result or a stream`;
}

/** 405 is about a method that is served in no case; that anything is served shows that not all is refused. */
function refusesMethod({ judge }: ExchangeStep): boolean {
  const passing =
    judge?.kind === 'expect'
      ? [judge.expect]
      : judge?.kind === 'graded'
        ? judge.grades.filter((grade) => grade.then === 'pass').map((grade) => grade.if)
        : [];
  return passing.length > 0 && passing.every(({ status }) => status?.every((code) => code === 405) === true);
}

type Family = 'request' | 'initialize' | 'notification' | 'post' | 'GET' | 'DELETE' | 'raw request';

/** Which controls show that a judged step was refused for the one thing that differs. */
const twins: Readonly<Record<Family, readonly Family[]>> = {
  request: ['request'],
  initialize: ['initialize'],
  notification: ['notification', 'post'],
  post: ['post', 'request', 'notification'],
  GET: ['GET'],
  DELETE: ['DELETE'],
  'raw request': ['raw request', 'request', 'initialize', 'notification', 'post', 'GET', 'DELETE'],
};

function familyOf(step: ExchangeStep): Family {
  switch (step.kind) {
    case 'open':
      return requestKindOf(step) === 'initialize' ? 'initialize' : 'request';
    case 'send':
      return step.method === 'initialize' ? 'initialize' : 'request';
    case 'answer':
    case 'notify':
      return 'notification';
    case 'post':
      return 'post';
    case 'listen':
      return 'GET';
    case 'delete':
      return 'DELETE';
    case 'raw':
      return 'raw request';
  }
}

/** Without a control, a target that refuses everything would pass. */
export const refusalsHaveControls: CheckRule = ({ steps, profiles }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.control !== undefined || !acceptsOnlyRefusals(step, profiles)) return [];
    const message =
      'a target that refuses everything would pass this; name under `control` the same kind of request that succeeds in this check';
    return [problemAt(placed, message, 'judge')];
  });

/** True where a target that refuses everything would pass. */
function acceptsOnlyRefusals(step: ExchangeStep, profiles: readonly Profile[]): boolean {
  return step.judge !== undefined && ruleWantsRefusal(step.judge, step, profiles);
}

/** True where a refusal cannot meet the expectation. */
function excludesRefusals({ status, result, stream, tool, echoes }: Expectation): boolean {
  const isServed = status !== undefined && status.every((code) => !isRefusalStatus(code));
  return (
    isServed ||
    result === true ||
    typeof result === 'object' ||
    stream === true ||
    tool === 'ok' ||
    echoes === true
  );
}

const servedClasses: readonly AnswerClass[] = ['served', 'accepted', 'adopted', 'new-session', 'no-session'];

function ruleWantsRefusal(rule: Rule, step: ExchangeStep, profiles: readonly Profile[]): boolean {
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
