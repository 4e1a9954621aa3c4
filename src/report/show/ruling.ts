import type { AnswerClass, Profile } from '../../model/profile.js';
import type { Expectation, Outcome, Rule } from '../../model/rule.js';
import type { Exchange } from '../../model/transcript.js';
import { idOf, plain, questionsOf, type Question } from './question.js';
import type { Text } from './text.js';
import type { Value } from './values.js';

/** What an answer amounts to: it would have been accepted, it shows the fault, or more than this one answer decides. */
export type Amount = 'accepted' | 'faulty' | 'open';

/** How a script judges one answer: the first case of which all holds. */
export interface Ruling {
  readonly seq: number;
  /** What would have been accepted, in words. */
  readonly acceptable: string;
  readonly cases: readonly { readonly all: readonly Question[]; readonly amount: Amount }[];
  readonly otherwise: Amount;
}

/** A rule of a suite, as far as one answer decides it. */
export function rulingOf(
  rule: Rule,
  answers: Profile['answers'],
  acceptable: string,
  exchange: Exchange,
  { values, stepsNamed }: Knowing,
): Ruling {
  const { seq } = exchange;
  switch (rule.kind) {
    case 'expect':
      return { seq, acceptable, cases: [caseOf(rule.expect, 'pass', exchange, values)], otherwise: 'faulty' };
    case 'graded': {
      const cases = rule.grades.flatMap(({ if: expectation, then, refused, served }) => {
        const besides = [
          ...refused.map((name) => [name, refusals] as const),
          ...served.map((name) => [name, services] as const),
        ];
        const others = besides.map(([name, classes]) =>
          stepsNamed(name).map((one) => isClass(one, values, classes)),
        );
        // What was not done was neither refused nor served.
        if (others.some(({ length }) => length === 0)) return [];
        const { all, amount } = caseOf(expectation, then, exchange, values);
        return [{ all: [...all, ...others.flat()], amount }];
      });
      return { seq, acceptable, cases, otherwise: 'faulty' };
    }
    case 'answer': {
      const row = answers[rule.set]?.rows[exchange.asked.kind];
      if (row === undefined) return { seq, acceptable, cases: [], otherwise: 'open' };
      return { seq, acceptable, cases: classCases(row, exchange, values), otherwise: 'faulty' };
    }
  }
}

/** What is known besides the answer itself. */
export interface Knowing {
  readonly values: readonly Value[];
  /** What a named step did. */
  readonly stepsNamed: (name: string) => readonly Exchange[];
}

const refusals = ['400', '401', '403', '404', '405', '409', '4xx'] as const satisfies readonly AnswerClass[];
const services = ['served', 'new-session', 'no-session'] as const satisfies readonly AnswerClass[];

/** Where more is asked than a script can tell, what it can tell may only accuse. */
function caseOf(
  expectation: Expectation,
  outcome: Outcome,
  exchange: Exchange,
  values: readonly Value[],
): Ruling['cases'][number] {
  const { all, whole } = questionsOf(expectation, exchange, values);
  return { all, amount: whole ? amounts[outcome] : 'open' };
}

const amounts: Readonly<Record<Outcome, Amount>> = {
  pass: 'accepted',
  unspecified: 'accepted',
  warn: 'faulty',
  fail: 'faulty',
  unclear: 'open',
};

function classCases(
  row: Readonly<Record<AnswerClass, Outcome>>,
  exchange: Exchange,
  values: readonly Value[],
): Ruling['cases'] {
  const entries = Object.entries(row);
  return (['accepted', 'open'] as const).flatMap((amount) => {
    const classes = entries.flatMap(([name, outcome]) => (amounts[outcome] === amount ? [name] : []));
    return classes.length === 0 ? [] : [{ all: [isClass(exchange, values, classes)], amount }];
  });
}

export function isClass(exchange: Exchange, values: readonly Value[], classes: readonly string[]): Question {
  const { kind, nonce = '', session } = exchange.asked;
  const sent = values.find(({ token }) => token === session[0]);
  const carried: Text = sent === undefined ? [''] : [{ variable: sent.variable }];
  return {
    ask: 'isClass',
    of: exchange.seq,
    words: [[kind], idOf(exchange), [nonce], carried, ...plain(...classes)],
  };
}

/** An id of visible ASCII characters. */
export function visibleRuling(acceptable: string, { seq }: Exchange): Ruling {
  const none = { all: [{ ask: 'isField', words: plain('mcp-session-id', '') }], amount: 'open' } as const;
  const visible = {
    all: [{ ask: 'isVisible', words: plain('mcp-session-id') }],
    amount: 'accepted',
  } as const;
  return { seq, acceptable, cases: [none, visible], otherwise: 'faulty' };
}
