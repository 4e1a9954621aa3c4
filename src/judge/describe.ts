import { classify } from '../model/classify.js';
import type { AnswerSet, RequestKind } from '../model/profile.js';
import { statusOf } from '../model/reply.js';
import type { Expectation, Rule } from '../model/rule.js';
import type { Exchange } from '../model/transcript.js';
import { hasOnlyStrangeIds } from './request-ids.js';

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
  if (name === 'equals' && isObject(wanted)) return equalWords(wanted);
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
  idle: ['a session that was idle for too long', 'a session in use'],
  ended: ['the end of the answer', 'an answer that goes on'],
  echoes: ['the word of the request', 'not the word of the request'],
  'begins-with-id-event': ['first an event with an id and no data', 'no event with an id and no data first'],
};

function equalWords(wanted: object): string {
  return Object.entries(wanted)
    .map(([place, value]: [string, unknown]) => {
      const other = isObject(value) && 'at' in value ? String(value.at) : JSON.stringify(value);
      return `${place} equal to ${other}`;
    })
    .join(' and ');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function jsonList(texts: readonly unknown[], joint: string): string {
  return texts.map((text) => JSON.stringify(text)).join(joint);
}

/** Why an exchange that does not do what it must is a failure, when the suite gives no reason of its own. */
export function reasonFor(exchange: Exchange, refusalWanted: boolean) {
  const answer = classify(exchange);
  if (hasOnlyStrangeIds(exchange)) return 'wrong-rpc-id';
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
