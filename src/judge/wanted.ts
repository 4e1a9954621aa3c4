import { isList, isObject } from '../model/json.js';
import { plural } from '../model/plural.js';
import type { Expectation, WantedText } from '../model/rule.js';

type Wanted = Required<Expectation>;

/** One line for what an expectation wants of an answer, for people who do not know the suite language. */
export function describeExpectation(expectation: Expectation): string {
  return Object.keys(expectation)
    .flatMap((name) => (isName(name) ? [phrase(name, expectation)] : []))
    .filter((said) => said !== '')
    .join(', ');
}

// K ties the wanted value to its words; the rule does not see into the two annotations.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function phrase<K extends keyof Wanted>(name: K, expectation: Partial<Wanted>): string {
  const wanted: Wanted[K] | undefined = expectation[name];
  const say: Words[K] = words[name];
  return wanted === undefined ? '' : say(wanted);
}

type Words = { readonly [K in keyof Wanted]: (wanted: Wanted[K]) => string };

const either = (yes: string, no: string) => (wanted: boolean) => (wanted ? yes : no);

const words: Words = {
  status: (codes) => `status ${codes.join(' or ')}`,
  result: (wanted) => {
    if (typeof wanted === 'boolean') return wanted ? 'a result' : 'no result';
    const { required } = wanted;
    return isList(required) && required.length > 0
      ? `a result with ${required.map(String).join(', ')}`
      : `a result of the form ${JSON.stringify(wanted)}`;
  },
  error: (wanted) => {
    if (typeof wanted === 'boolean') return wanted ? 'a JSON-RPC error' : 'no JSON-RPC error';
    const { code = [], message } = wanted;
    return [
      ['a JSON-RPC error', ...(code.length > 0 ? [code.join(' or ')] : [])].join(' '),
      ...(message === undefined ? [] : [`whose message ${textSaid(message)}`]),
    ].join(', ');
  },
  tool: (wanted) => (wanted === 'ok' ? 'a tool result without isError' : 'a tool result with isError'),
  contains: (texts) => `the text ${joined(texts, ' and ')}`,
  lacks: (texts) => `an answer without ${joined(texts, ' or ')}`,
  body: () => 'no body',
  stream: either('a stream', 'no stream'),
  'session-id': (wanted) => sessionIds[wanted],
  header: (wanted) =>
    Object.entries(wanted)
      .map(([name, test]) => {
        if (test === 'absent') return `no header ${name}`;
        return test === 'present' ? `a header ${name}` : `a header ${name} that ${textSaid(test)}`;
      })
      .join(', '),
  equals: (wanted) =>
    Object.entries(wanted)
      .map(([place, value]) => `${place} equal to ${isObject(value) ? value.at : JSON.stringify(value)}`)
      .join(' and '),
  echoes: either('the word of the request', 'not the word of the request'),
  'state-count': (count) =>
    `state that holds ${count === 0 ? 'no write' : plural(count, 'write')} of its own`,
  'state-count-at-least': (count) => `state that holds at least ${plural(count, 'write')} of its own`,
  mentions: () => 'the id of its own session in the answer',
  messages: (count) => `at least ${plural(count, 'message')}`,
  'begins-with-id-event': either(
    'first an event with an id and no data',
    'no event with an id and no data first',
  ),
  answered: either('an answer', 'no answer'),
  idle: either('a session that was idle for too long', 'a session in use'),
  ended: either('the end of the answer', 'an answer that goes on'),
};

function isName(name: string): name is keyof Wanted {
  return Object.hasOwn(words, name);
}

const sessionIds = {
  present: 'a session id in the header',
  absent: 'no session id in the header',
  single: 'one session id in the header',
  own: 'the own session id in the header',
  'absent-or-own': 'no session id but the own in the header',
  'not-sent': 'no session id that was sent in the header',
} as const satisfies Readonly<Record<Wanted['session-id'], string>>;

function textSaid(wanted: WantedText): string {
  return typeof wanted === 'string' ? `has ${JSON.stringify(wanted)} in it` : `matches ${wanted.matches}`;
}

function joined(texts: readonly string[], joint: string): string {
  return texts.map((text) => JSON.stringify(text)).join(joint);
}
