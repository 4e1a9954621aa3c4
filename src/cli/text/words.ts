import { isExchange } from '../../model/request-kind.js';
import type { Expectation } from '../../model/rule.js';
import type { Check, ExchangeStep, Invariant, SessionChoice, Step } from '../../model/suite.js';

/** How the stages word what a step accepts. */
export interface Phrases {
  readonly expectation: (expectation: Expectation) => string;
  readonly judged: (step: ExchangeStep) => string;
}

/** The steps of a check, a line or more each, as one would tell them. */
export function stepWords(steps: readonly Step[], phrases: Phrases, depth = 1): readonly string[] {
  const indent = '  '.repeat(depth);
  return steps.flatMap((step) => {
    const when = step.when.length > 0 ? ` (where there is ${step.when.join(', ')})` : '';
    const line = `${indent}${step.path.padEnd(3)} ${does(step)}${when}`;
    const inner = 'steps' in step ? stepWords(step.steps, phrases, depth + 1) : [];
    return [line, ...outcome(step, phrases).map((says) => `${indent}      ${says}`), ...inner];
  });
}

export function invariantWords({ holds, over, atLeast, tooFew }: Invariant): string {
  const few = tooFew === 'unspecified' ? ', or it does not apply' : '';
  return `  ${'·'.padEnd(3)} over all of ${over}: ${holds.replaceAll('-', ' ')}; at least ${atLeast} must have been seen${few}`;
}

/** Which failures of a check count at every level. */
export function harmWords({ harm }: Check): string {
  const cases = harm.map(({ reasons, step, refused }) =>
    [
      reasons === undefined ? 'any failure' : reasons.join(' or '),
      ...(step === undefined ? [] : [`of ${step}`]),
      ...(refused.length > 0 ? [`where ${refused.join(' and ')} were refused`] : []),
    ].join(' '),
  );
  return `${cases.join('; ')}: counts at every level`;
}

function does(step: Step): string {
  switch (step.kind) {
    case 'open':
      return `${step.as} opens a session${step.initialized ? '' : ', without saying initialized'}${carrying(step)}`;
    case 'send':
      return `${step.as} asks for ${step.method}${carrying(step)}${step.abort ? ', and hangs up' : ''}`;
    case 'notify':
      return `${step.as} notifies ${step.method}${carrying(step)}`;
    case 'post':
      return `${step.as} posts a body as it stands${carrying(step)}`;
    case 'listen':
      return `${step.as} opens a stream by GET${carrying(step)}${step.resume === undefined ? '' : `, resuming that of ${step.resume}`}`;
    case 'delete':
      return `${step.as} sends DELETE${carrying(step)}`;
    case 'raw':
      return `${step.as} sends bytes that no HTTP client would`;
    case 'parallel':
      return 'at the same moment:';
    case 'repeat':
      return `${step.times === 'burst' ? 'as often as a burst has sessions' : `${step.times} times`}${step.concurrency > 1 ? `, ${step.concurrency} at once` : ''}:`;
    case 'await':
      return `waits up to ${step.withinMs} ms for ${waits[step.until]} ${step.stream}`;
    case 'quiet':
      return `watches ${step.stream} for ${step.forMs} ms, during which nothing may come`;
    case 'idle-timeouts':
      return `waits ${step.times} times the idle timeout`;
    case 'process':
      return operations[step.does];
    case 'close':
      return `drops ${step.target}`;
    case 'analyse':
      return `analyses ${step.over}: ${step.analysis}`;
  }
}

const operations = {
  stop: 'asks the process of the server to end',
  kill: 'kills the process of the server',
  start: 'starts the server at the same address',
} as const;

const places = {
  first: 'at the first node',
  other: 'at another node',
  next: 'at each node in turn',
} as const;

const waits = { event: 'an event on', end: 'the end of', answer: 'the answer of' } as const;

function carrying({ session, query, node, connection, headers, revisionHeader }: ExchangeStep): string {
  const parts = [
    sessionWords(session),
    revisionHeader.kind === 'none' ? 'without a revision header' : '',
    revisionHeader.kind === 'text' ? `with revision header ${JSON.stringify(revisionHeader.text)}` : '',
    ...Object.entries(headers).map(([name, value]) =>
      value === null ? `without ${name}` : `with ${name}: ${value}`,
    ),
    query === undefined ? '' : `with ?${query}`,
    node === undefined ? '' : places[node],
    connection === 'new' ? 'on a new connection' : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? `, ${parts.join(', ')}` : '';
}

function sessionWords(session: SessionChoice): string {
  switch (session.kind) {
    case 'own':
      return '';
    case 'none':
      return 'without an id';
    case 'of':
      return session.changed === undefined
        ? `with the id of ${session.actor}`
        : `with the id of ${session.actor}, ${session.changed}`;
    case 'generated':
      return `with an id never issued (${session.how})`;
    case 'text':
      return `with the id ${JSON.stringify(session.text.length > 40 ? `${session.text.slice(0, 40)}…` : session.text)}`;
    case 'named-by':
      return `with the id that the refusal of ${session.step} named`;
    case 'sent-by':
      return `with the id that ${session.step} carried`;
    case 'several':
      return session.of.map(sessionWords).join(' and ');
  }
}

function outcome(step: Step, { expectation, judged }: Phrases): readonly string[] {
  if (step.kind === 'await') {
    return step.judge === undefined
      ? []
      : [`judged: it must ${step.judge.came ? '' : 'not '}come, else ${step.judge.reason}`];
  }
  if (step.kind === 'quiet') return [`judged: else ${step.reason}`];
  if (step.kind === 'analyse')
    return [`judged: ${JSON.stringify(step.judge.finds)}, else ${step.judge.reason}`];
  if (!isExchange(step)) return [];
  return [
    ...(step.require === undefined ? [] : [`needed to go on: ${expectation(step.require)}`]),
    ...(step.judge === undefined ? [] : [`judged, acceptable is: ${judged(step)}`]),
    ...(step.control === undefined ? [] : [`control: ${step.control}`]),
  ];
}
