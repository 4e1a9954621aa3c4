import { eventsOf, isStream, isSuccess, replyHeader, statusOf, type Reply } from '../model/reply.js';
import { answerOf, hasText, saysSomething, toolErrorOf, textsOf } from '../model/message.js';
import { mediaType } from '../model/form.js';
import type { Expectation, WantedText } from '../model/rule.js';
import type { Exchange } from '../model/transcript.js';
import { validates } from './json-schema.js';
import { isEqualAt } from './equal.js';
import { matches } from './pattern.js';
import { readable } from './readable.js';
import { fitsMethod } from '../model/shape.js';
import { countIn } from '../model/count.js';
import { mark } from '../model/probe.js';

type Wanted = Required<Expectation>;
type Predicates = { readonly [K in keyof Wanted]: (wanted: Wanted[K], exchange: Exchange) => boolean };

const predicates: Predicates = {
  status: (wanted, { reply }) => wanted.some((status) => hasStatus(reply, status)),
  result: (wanted, exchange) => {
    const result = answerOf(exchange)?.result;
    const isResult = result !== undefined && fitsMethod(exchange.asked.method, result);
    if (wanted === false) return !isResult && hasWholeAnswer(exchange);
    if (result === undefined || toolErrorOf(exchange) !== undefined) return false;
    return wanted === true ? isResult : validates(wanted, result);
  },
  error: (wanted, exchange) => {
    const error = answerOf(exchange)?.error;
    if (typeof wanted === 'boolean')
      return wanted ? error !== undefined : error === undefined && hasWholeAnswer(exchange);
    const { code, message } = wanted;
    if (error === undefined || code?.includes(error.code) === false) return false;
    return message === undefined || isText(message, error.message, exchange);
  },
  tool: (wanted, exchange) => {
    const failed = toolErrorOf(exchange) !== undefined;
    if (wanted === 'error') return failed;
    return exchange.asked.method === 'tools/call' && !failed && predicates.result(true, exchange);
  },
  contains: (wanted, exchange) =>
    wanted.every((text) => {
      const said = readable(text, exchange);
      return said !== undefined && hasText(exchange, said);
    }),
  lacks: (wanted, exchange) =>
    hasWholeAnswer(exchange) &&
    wanted.every((text) => {
      const said = readable(text, exchange);
      return said !== undefined && !hasText(exchange, said);
    }),
  equals: (wanted, exchange) =>
    Object.entries(wanted).every(([place, value]) => isEqualAt(place, value, exchange)),
  body: (_empty, { reply }) =>
    reply.kind === 'response' && reply.content.kind === 'body' && reply.content.bytes === 0,
  stream: (wanted, exchange) => isStream(exchange.reply) === wanted,
  'session-id': (wanted, { named, asked, reply }) => {
    if (reply.kind !== 'response') return false;
    const others = named.filter((id) => id !== asked.own);
    switch (wanted) {
      case 'present':
        return named.length > 0;
      case 'absent':
        return named.length === 0;
      case 'single':
        return named.length === 1;
      case 'own':
        return named.length > 0 && others.length === 0;
      case 'not-sent':
        return !named.some((id) => asked.session.includes(id));
      case 'absent-or-own':
        return others.length === 0;
    }
  },
  header: (wanted, { reply }) =>
    statusOf(reply) !== undefined &&
    Object.entries(wanted).every(([name, test]) => {
      const values = replyHeader(reply, name);
      if (test === 'absent') return values.length === 0;
      return (
        values.length > 0 &&
        (test === 'present' || values.every((value) => matches(test.matches, comparable(name, value))))
      );
    }),
  echoes: (wanted, exchange) => {
    const { nonce } = exchange.asked;
    if (nonce === undefined) return false;
    return wanted ? hasText(exchange, nonce) : !hasText(exchange, nonce) && hasWholeAnswer(exchange);
  },
  'state-count': (wanted, exchange) => writesShown(exchange) === wanted,
  'state-count-at-least': (wanted, exchange) => (writesShown(exchange) ?? -1) >= wanted,
  mentions: (_ownSession, exchange) =>
    exchange.asked.own !== undefined && exchange.mentions.includes(exchange.asked.own),
  messages: (wanted, exchange) =>
    isStream(exchange.reply) && eventsOf(exchange.reply).filter(saysSomething).length >= wanted,
  'begins-with-id-event': (wanted, { reply }) => {
    const [first] = eventsOf(reply);
    return (first?.id !== undefined && first.data === '') === wanted;
  },
  answered: (wanted, { reply }) => (reply.kind === 'response') === wanted,
  idle: (wanted, { asked: { idle = false } }) => idle === wanted,
  ended: (wanted, { reply }) =>
    (reply.kind === 'response' && (reply.content.end === 'complete' || reply.content.end === 'truncated')) ===
    wanted,
};

/** True when everything the expectation names holds for the exchange. */
export function meets(expectation: Expectation, exchange: Exchange): boolean {
  return predicateNames.every((name) => holds(name, expectation, exchange));
}

const predicateNames = Object.keys(predicates).filter((name): name is keyof Wanted => name in predicates);

// K ties the wanted value to its predicate; the rule does not see into the two annotations.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function holds<K extends keyof Wanted>(name: K, expectation: Partial<Wanted>, exchange: Exchange): boolean {
  const wanted: Wanted[K] | undefined = expectation[name];
  const predicate: Predicates[K] = predicates[name];
  return wanted === undefined || predicate(wanted, exchange);
}

/**
 * What did not come can only be told of an answer that has come to its end, or of a stream that shows life. After a deadline the rest
 * is not known, so that silence meets no expectation of an absence.
 */
function hasWholeAnswer(exchange: Exchange): boolean {
  const { reply, asked } = exchange;
  if (reply.kind !== 'response') return false;
  const { content } = reply;
  if (content.end === 'complete' || answerOf(exchange) !== undefined) return true;
  return asked.kind === 'get' && content.kind === 'stream' && content.events.some(({ data }) => data !== '');
}

function isText(wanted: WantedText, text: string, exchange: Exchange): boolean {
  if (typeof wanted !== 'string') return matches(wanted.matches, text);
  const part = readable(wanted, exchange);
  return part !== undefined && text.includes(part);
}

// Case and parameters make no other media type.
function comparable(name: string, value: string): string {
  return name.toLowerCase() === 'content-type' ? mediaType(value) : value;
}

function hasStatus(reply: Reply, wanted: number | string): boolean {
  const status = statusOf(reply);
  // A carrier without a status refuses by messages alone: what came there is what HTTP brings with 200.
  if (status === undefined) return isSuccess(reply) && (wanted === 200 || wanted === '2xx');
  return typeof wanted === 'number' ? status === wanted : String(status)[0] === wanted[0];
}

/**
 * How many writes the answer of a state probe shows: the words in it, whosever they are, or else the first whole number in its first
 * text item (a counter). Undefined when it shows neither, and where the tool, or the server, says that it failed.
 */
function writesShown(exchange: Exchange): number | undefined {
  const result = answerOf(exchange)?.result;
  if (result === undefined || toolErrorOf(exchange) !== undefined) return undefined;
  const { shows, wrote, count } = exchange.asked;
  if (shows === 'marks' || shows === 'word') {
    if (wrote === undefined) return textsOf(exchange.reply).join('\n').split(mark).length - 1;
    const isShown = (word: string) => hasText(exchange, word);
    const foreign = wrote.others.filter(isShown).length;
    // Where the words of others have taken the place of the own ones, these were written all the same.
    if (foreign > 0) return wrote.own.length + foreign;
    // A place for one word shows by the last one that all before it were written as well.
    return shows === 'word' ? wrote.own.findLastIndex(isShown) + 1 : wrote.own.filter(isShown).length;
  }
  const number = isUncounted(exchange) ? undefined : countIn(result, count);
  return number === undefined ? undefined : number - (shows === 'number-with-read' ? 1 : 0);
}

/** What only another call reads. */
function isUncounted({ asked: { count, nonce } }: Exchange): boolean {
  return count !== undefined && nonce !== undefined;
}
