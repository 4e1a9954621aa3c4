import type { Expectation } from '../../../model/rule.js';
import type { Placed } from '../build.js';
import { faultsOfSchema } from '../json-schema/faults.js';
import { examinePattern } from '../json-schema/pattern.js';
import type { DocPath, Problem } from '../../yaml/problem.js';
import { isExchange, requestKindOf } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import { suggestion } from '../../schema/nearest.js';

/** A JSON Schema or a pattern that cannot be used, or that decides nothing, would only show once the target has answered, or never. */
export const expectationsCompile: CheckRule = ({ steps }) =>
  steps.flatMap((placed) =>
    expectationsOf(placed).flatMap(({ expectation, at }) => expectationFaults(placed, expectation, at)),
  );

/** A reason for an expectation says nothing where something else decides. */
export const reasonsBelongToExpectations: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step, raw } = placed;
    if (!isExchange(step) || !('reason' in raw) || step.judge?.kind === 'expect') return [];
    const instead =
      step.judge?.kind === 'graded' ? 'give the grade a `reason`' : 'the profile gives the reason';
    return [
      {
        ...problemAt(placed, `\`reason\` belongs to an expectation; ${instead}`, 'reason'),
        key: true as const,
      },
    ];
  });

interface PatternFault {
  readonly expectation: Expectation;
  readonly at: DocPath;
}

function expectationsOf({ step }: Placed): readonly PatternFault[] {
  if (!isExchange(step)) return [];
  const { require, judge } = step;
  const required = require === undefined ? [] : [{ expectation: require, at: ['require'] }];
  if (judge?.kind === 'expect') return [...required, { expectation: judge.expect, at: ['judge'] }];
  const grades = judge?.kind === 'graded' ? judge.grades : [];
  return [
    ...required,
    ...grades.map((grade, index) => ({ expectation: grade.if, at: ['judge', index, 'if'] })),
  ];
}

function expectationFaults(placed: Placed, expected: Expectation, at: DocPath): readonly Problem[] {
  const { result, header = {}, error, tool } = expected;
  const schemaFaults = typeof result === 'object' ? faultsOfSchema(result) : [];
  const patternFaults = Object.entries(header).flatMap(([name, test]) => {
    const fault =
      typeof test === 'string' ? undefined : (faultOfMasked(name) ?? examinePattern(test.matches).fault);
    return fault === undefined ? [] : [problemAt(placed, fault, ...at, 'header', name, 'matches')];
  });
  return [
    ...schemaFaults.map(({ message, ...fault }) =>
      Object.assign(problemAt(placed, message), fault, { at: [...placed.at, ...at, 'result', ...fault.at] }),
    ),
    ...patternFaults,
    ...messageFaults(placed, error, at),
    ...(tool === undefined || callsTool(placed)
      ? []
      : [
          problemAt(
            placed,
            'this step calls no tool; `tool` is about `tools/call` and probes',
            ...at,
            'tool',
          ),
        ]),
  ];
}

function messageFaults(placed: Placed, error: Expectation['error'], at: DocPath): readonly Problem[] {
  const message = typeof error === 'object' ? error.message : undefined;
  const fault = typeof message === 'object' ? examinePattern(message.matches).fault : undefined;
  return fault === undefined ? [] : [problemAt(placed, fault, ...at, 'error', 'message', 'matches')];
}

function callsTool({ step }: Placed): boolean {
  return step.kind === 'send' && (step.method === 'tools/call' || step.method.startsWith('probe.'));
}

/** Ids have got another name by the time that they are judged. */
function faultOfMasked(name: string): string | undefined {
  if (name.toLowerCase() !== 'mcp-session-id') return undefined;
  return 'ids are masked before they are judged; `record` them, and `analyse` the record';
}

/** Every profile says what each answer earns. */
export const answersAreKnown: CheckRule = ({ steps, profiles }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (!isExchange(step) || step.judge?.kind !== 'answer') return [];
    const { set } = step.judge;
    const kind = requestKindOf(step);
    const problem = (message: string) => [problemAt(placed, message, 'judge', 'answer')];
    if (profiles.length === 0) return problem(`no profile is there to say what the set \`${set}\` is`);
    for (const { profile, answers } of profiles) {
      if (!Object.hasOwn(answers, set))
        return problem(
          `the profile ${profile} has no set \`${set}\`${suggestion(set, Object.keys(answers))}`,
        );
      if (answers[set]?.rows[kind] === undefined)
        return problem(`the set \`${set}\` of the profile ${profile} has no row \`${kind}\``);
    }
    return [];
  });
