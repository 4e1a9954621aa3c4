import { filled, from, namesIn } from '../../model/template.js';
import type { Expectation } from '../../model/rule.js';
import type { Exchange } from '../../model/transcript.js';
import { withVariables, type Text } from './text.js';
import type { Value } from './values.js';

/** What a script can tell of one answer without the judge: the same questions in shell and in JavaScript. */
export interface Question {
  readonly ask:
    | 'hasStatus'
    | 'isKind'
    | 'hasCode'
    | 'isField'
    | 'isVisible'
    | 'isStream'
    | 'isEmpty'
    | 'says'
    | 'isClass';
  readonly words: readonly Text[];
  readonly not?: true;
  /** The exchange that it is about, where that may be another one. */
  readonly of?: number;
}

/** All of them must hold; `whole` tells whether they are all that was asked. */
export interface Asked {
  readonly all: readonly Question[];
  readonly whole: boolean;
}

type Wanted = Required<Expectation>;
type Asking = { readonly [K in keyof Wanted]?: (wanted: Wanted[K], about: About) => Asked };

interface About {
  readonly exchange: Exchange;
  readonly values: readonly Value[];
}

export function questionsOf(expectation: Expectation, exchange: Exchange, values: readonly Value[]): Asked {
  const parts = Object.keys(expectation).map((name): Asked => {
    if (!isName(name)) return { all: [], whole: false };
    return askedOf(name, expectation, { exchange, values });
  });
  return { all: parts.flatMap(({ all }) => all), whole: parts.every(({ whole }) => whole) };
}

// K ties the wanted value to its questions; the rule does not see into the two annotations.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function askedOf<K extends keyof Wanted>(name: K, expectation: Partial<Wanted>, about: About): Asked {
  const wanted: Wanted[K] | undefined = expectation[name];
  const ask: Asking[K] = asking[name];
  return wanted === undefined || ask === undefined
    ? { all: [], whole: wanted === undefined }
    : ask(wanted, about);
}

function isName(name: string): name is keyof Wanted {
  return Object.hasOwn(asking, name);
}

export function plain(...words: readonly (number | string)[]): readonly Text[] {
  return words.map((word) => [String(word)]);
}

/** The id of a request as it stands in JSON. */
export function idOf({ asked: { rpcId } }: Exchange): Text {
  return [rpcId === undefined ? '' : JSON.stringify(rpcId)];
}

const whole = (...all: readonly Question[]): Asked => ({ all, whole: true });
const part = (...all: readonly Question[]): Asked => ({ all, whole: false });
const answered: Question = { ask: 'hasStatus', words: plain('none'), not: true };
const kind = ({ exchange }: About, ...kinds: readonly string[]): Question => ({
  ask: 'isKind',
  words: [idOf(exchange), ...plain(...kinds)],
});
const sessionField = 'mcp-session-id';
const isAbsent = (name: string): Question => ({ ask: 'isField', words: plain(name, '') });
const isPresent = (name: string): Question => ({ ...isAbsent(name), not: true });

const asking: Asking = {
  status: (codes) => whole({ ask: 'hasStatus', words: plain(...codes) }),
  result: (wanted, about) => {
    if (wanted === false) return whole(answered, kind(about, 'error', 'none'));
    return wanted === true ? whole(kind(about, 'result')) : part(kind(about, 'result'));
  },
  error: (wanted, about) => {
    if (wanted === false) return whole(answered, kind(about, 'result', 'tool-error', 'none'));
    const isError = kind(about, 'error');
    if (wanted === true) return whole(isError);
    const { code = [], message } = wanted;
    const codes: readonly Question[] = code.length === 0 ? [] : [{ ask: 'hasCode', words: plain(...code) }];
    return message === undefined ? whole(isError, ...codes) : part(isError, ...codes);
  },
  tool: (wanted, about) => whole(kind(about, wanted === 'ok' ? 'result' : 'tool-error')),
  contains: (texts, about) => saying(texts, about),
  lacks: (texts, about) => {
    const { all, whole: isWhole } = saying(texts, about);
    return {
      all: [answered, ...all.map(({ ask, words }): Question => ({ ask, words, not: true }))],
      whole: isWhole,
    };
  },
  body: () => whole(answered, { ask: 'isEmpty', words: [] }),
  stream: (wanted) => whole({ ask: 'isStream', words: [], ...(!wanted && { not: true }) }),
  header: (wanted) => {
    const tests = Object.entries(wanted);
    return {
      all: [answered, ...tests.map(([name, test]) => (test === 'absent' ? isAbsent(name) : isPresent(name)))],
      whole: tests.every(([, test]) => typeof test === 'string'),
    };
  },
  'session-id': (wanted, { exchange: { asked }, values }) => {
    const own = known(asked.own ?? '', values);
    switch (wanted) {
      case 'present':
        return whole(isPresent(sessionField));
      case 'absent':
        return whole(answered, isAbsent(sessionField));
      case 'single':
        return part(isPresent(sessionField));
      case 'not-sent':
        return part(answered);
      case 'own':
        return own === undefined
          ? part(isPresent(sessionField))
          : whole({ ask: 'isField', words: [[sessionField], own] });
      case 'absent-or-own':
        return own === undefined
          ? part(answered)
          : whole(answered, { ask: 'isField', words: [[sessionField], [''], own] });
    }
  },
  echoes: (wanted, { exchange: { asked } }) => {
    if (asked.nonce === undefined) return part();
    const says: Question = { ask: 'says', words: plain(asked.nonce) };
    return wanted ? whole(says) : whole(answered, { ...says, not: true });
  },
  // What a result shows of state takes more than a script knows, but nothing else shows any.
  'state-count': (_writes, about) => part(kind(about, 'result')),
  'state-count-at-least': (_writes, about) => part(kind(about, 'result')),
  answered: (wanted) => (wanted ? whole(answered) : whole({ ask: 'hasStatus', words: plain('none') })),
};

function saying(texts: readonly string[], { exchange: { asked }, values }: About): Asked {
  const said = texts.flatMap((text) => {
    const named = asked.values ?? {};
    if (!namesIn(text).every((name) => Object.hasOwn(named, name))) return [];
    return [known(filled(text, from(named)), values) ?? []].filter(({ length }) => length > 0);
  });
  return {
    all: said.map((text): Question => ({ ask: 'says', words: [text] })),
    whole: said.length === texts.length,
  };
}

/** With its pseudonyms as variables; nothing where one of them has none. */
function known(text: string, values: readonly Value[]): Text | undefined {
  const made = withVariables(text, values);
  const isOpen = made.some((one) => typeof one === 'string' && one.includes('«'));
  return isOpen || made.length === 0 ? undefined : made;
}
