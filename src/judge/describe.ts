import type { Sent, HttpRequest } from '../model/framing.js';
import { statusOf, type Reply } from '../model/reply.js';
import { answerOf, firstText, textsOf, toolErrorOf } from '../model/message.js';
import { plural } from '../model/plural.js';
import type { AnswerSet, RequestKind } from '../model/profile.js';
import { revisions } from '../model/revision.js';
import type { Expectation, Rule } from '../model/rule.js';
import type { Exchange } from '../model/transcript.js';
import { classify } from './classify.js';
import type { FailReason } from '../model/reason.js';

/** One line for what was sent: `POST ping, mcp-session-id: «session alice»`. */
export function describeSent({ sent, asked, node }: Exchange): string {
  const field = sent.carrier === 'http' ? 'mcp-session-id' : 'session id';
  const session =
    asked.session.length === 0
      ? 'no session id'
      : asked.session.map((id) => `${field}: ${clip(id)}`).join(', ');
  return (
    [...openingOf(sent, asked.method)].filter(Boolean).join(' ') +
    ['', session, ...(sent.carrier === 'http' ? remarkable(sent) : [])].join(', ') +
    (node === undefined || node === 0 ? '' : `, at node ${node + 1}`)
  );
}

function openingOf(sent: Sent, method: string | undefined): readonly string[] {
  if (sent.carrier === 'stdio') return [method ?? (sent.line === undefined ? 'listened' : 'a line')];
  if (sent.raw !== undefined) return ['raw bytes', method ?? ''];
  return [sent.method, method ?? (sent.method === 'POST' ? 'a body' : '')];
}

/** Fields that the harness sends only where they decide, or with these values where they do not. */
const usual: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['origin', []],
  ['last-event-id', []],
  ['accept', ['application/json, text/event-stream', 'text/event-stream']],
  ['content-type', ['application/json']],
  ['mcp-protocol-version', revisions],
]);

function remarkable({ headers }: HttpRequest): readonly string[] {
  return headers.flatMap(([name, value]) => {
    const key = name.toLowerCase();
    return usual.get(key)?.includes(value) === false ? [`${key}: ${clip(value)}`] : [];
  });
}

/** One line for what came: `404 with JSON-RPC error -32001 "Session not found"`. */
export function describeCame(exchange: Exchange): string {
  const { reply } = exchange;
  if (reply.kind !== 'response') return describeNothing(reply);
  const named = exchange.named.length > 0 ? `, mcp-session-id: ${exchange.named.map(clip).join(', ')}` : '';
  return [statusOf(reply), `${describeContent(exchange, reply)}${named}`].filter(Boolean).join(' ');
}

function describeNothing(reply: Exclude<Reply, { kind: 'response' }>): string {
  switch (reply.kind) {
    case 'timeout':
      return `nothing within ${Math.round(reply.afterMs)} ms`;
    case 'dropped':
      return `no answer: ${reply.says}`;
    case 'aborted':
      return 'the check hung up, as planned';
  }
}

function describeContent(exchange: Exchange, reply: Extract<Reply, { kind: 'response' }>): string {
  const answer = answerOf(exchange);
  if (answer?.error)
    return `with JSON-RPC error ${answer.error.code} ${JSON.stringify(clip(answer.error.message))}`;
  const failed = toolErrorOf(exchange);
  if (failed !== undefined)
    return `with an error of the tool ${JSON.stringify(clip(firstText(failed) ?? ''))}`;
  if (answer?.result !== undefined) return 'with a result';
  if (reply.content.kind === 'stream')
    return describeStream(exchange, reply.content.events.length, reply.content.end);
  if (reply.content.bytes === 0) return 'without a body';
  return `with ${JSON.stringify(clip(reply.content.text))}${reply.content.end === 'complete' ? '' : ` (${reply.content.end})`}`;
}

function describeStream({ asked, reply }: Exchange, events: number, end: string): string {
  const count = plural(events, 'event');
  if (asked.kind === 'get' || reply.kind !== 'response') return `with a stream (${count})`;
  return end === 'complete'
    ? `with a stream that ended without an answer (${count})`
    : `and then no answer in time (${count})`;
}

/** One line for what the rule would have accepted. */
export function describeRule(rule: Rule, set: AnswerSet | undefined, kind: RequestKind): string {
  switch (rule.kind) {
    case 'expect':
      return describeExpectation(rule.expect);
    case 'graded':
      return rule.grades
        .filter((grade) => grade.then === 'pass')
        .map((grade) => describeExpectation(grade.if))
        .join('; or ');
    case 'answer': {
      const row = set?.rows[kind];
      const passing = Object.entries(row ?? {}).filter(([, outcome]) => outcome === 'pass');
      return passing.length === 0
        ? `nothing else (${rule.set})`
        : passing.map(([name]) => classNames[name] ?? name).join(' or ');
    }
  }
}

const classNames: Readonly<Record<string, string>> = {
  served: 'an ordinary answer',
  error: '200 with a JSON-RPC error',
  accepted: '202 or 204',
  adopted: 'the same id again',
  'new-session': 'a new session under another id',
  'no-session': 'a result without an id',
  '4xx': 'another 4xx',
  '5xx': 'a 5xx',
  'no-answer': 'no answer',
  dropped: 'a dropped connection',
  other: 'anything else',
};

export function describeExpectation(expectation: Expectation): string {
  return Object.entries(expectation)
    .map(([name, wanted]) => phrase(name, wanted))
    .join(', ');
}

function phrase(name: string, wanted: unknown): string {
  if (name === 'status' && Array.isArray(wanted)) return `status ${wanted.join(' or ')}`;
  if (name === 'session-id') return `session id ${String(wanted)}`;
  if (name === 'contains' && Array.isArray(wanted)) return `the text ${jsonList(wanted, ' and ')}`;
  if (name === 'lacks' && Array.isArray(wanted)) return `an answer without ${jsonList(wanted, ' or ')}`;
  const [yes, no] = choices[name] ?? [name, `no ${name}`];
  if (typeof wanted === 'boolean') return wanted ? yes : no;
  return `${name} ${typeof wanted === 'string' ? wanted : JSON.stringify(wanted)}`;
}

/** How a predicate reads that is either wanted or not. */
const choices: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  result: ['a result', 'no result'],
  error: ['a JSON-RPC error', 'no JSON-RPC error'],
  stream: ['a stream', 'no stream'],
  answered: ['an answer', 'no answer'],
  ended: ['the end of the answer', 'an answer that goes on'],
  echoes: ['the word of the request', 'not the word of the request'],
  'begins-with-id-event': ['first an event with an id and no data', 'no event with an id and no data first'],
};

function jsonList(texts: readonly unknown[], joint: string): string {
  return texts.map((text) => JSON.stringify(text)).join(joint);
}

/** Why an exchange that does not do what it must is a failure, when the suite gives no reason of its own. */
export function reasonFor(exchange: Exchange, refusalWanted: boolean) {
  const answer = classify(exchange);
  switch (answer) {
    case 'no-answer':
      return 'no-answer';
    case 'dropped':
      return 'dropped';
    case '5xx':
      return 'server-error';
    case 'served':
    case 'accepted':
      return refusalWanted ? 'served' : 'wrong-body';
    case 'new-session':
    case 'no-session':
      return refusalWanted ? 'wrong-status' : 'wrong-body';
    case 'adopted':
      return 'adopted-id';
    case 'error':
      return refusalWanted ? 'wrong-status' : 'refused';
    case '400':
    case '401':
    case '403':
    case '404':
    case '405':
    case '409':
    case '4xx':
    case 'other':
      return refusalWanted
        ? 'wrong-status'
        : (statusOf(exchange.reply) ?? 0) >= 400
          ? 'refused'
          : 'wrong-body';
  }
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** Reasons for which the content of an answer decides; for the others its status or its frame does. */
const byContent: ReadonlySet<FailReason> = new Set<FailReason>([
  'wrong-body',
  'crossed-reply',
  'shared-state',
  'lost-state',
  'leaked-id',
  'stray-message',
]);
const contentCharsMax = 200;

/** The content of an answer, where it is the reason for a failure: `: {"count":2}`. */
export function decisiveContent(reason: FailReason, exchange: Exchange): string {
  if (!byContent.has(reason)) return '';
  const answer = answerOf(exchange);
  // An error is shown as it is, with its code and its message.
  if (answer?.error !== undefined) return '';
  const result = answer?.result;
  const text = result === undefined ? textsOf(exchange.reply).join(' ') : JSON.stringify(result);
  if (text === '') return '';
  return `: ${text.length > contentCharsMax ? `${text.slice(0, contentCharsMax - 1)}…` : text}`;
}
