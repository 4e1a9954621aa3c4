import type { Profile } from '../../model/profile.js';
import { statusOf } from '../../model/reply.js';
import type { Expectation, Rule } from '../../model/rule.js';
import type { InvariantName } from '../../model/statement.js';
import type { Check } from '../../model/suite.js';
import type { Exchange } from '../../model/transcript.js';
import { placeOf, stepNamed } from '../../model/walk.js';
import { knownTo } from './call.js';
import { plain, questionsOf } from './question.js';
import { invariantRuling } from './invariant-ruling.js';
import { rulingOf, visibleRuling, type Ruling } from './ruling.js';
import type { Value } from './values.js';

/** What a run found, as far as a script can find it again. */
export interface Found {
  readonly answers: Profile['answers'];
  /** Answers without which the others say nothing. */
  readonly required: readonly {
    readonly seq: number;
    readonly wanted: Expectation;
    readonly words: string;
  }[];
  /** Answers that were judged. */
  readonly by: readonly { readonly seq: number; readonly acceptable: string; readonly rule: By }[];
  /** What a person has to look at, with the exchange that shows it. */
  readonly look: readonly Look[];
}

export type By =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'visible' }
  | { readonly kind: 'invariant'; readonly holds: InvariantName; readonly over: string };

export interface Look {
  readonly seq?: number;
  readonly says: string;
}

/** How a script says whether a finding is there again. */
export interface Judged {
  readonly required: readonly Ruling[];
  readonly rulings: readonly Ruling[];
  readonly look: readonly Look[];
}

export function judgedBy(
  { answers, required, by, look }: Found,
  check: Check | undefined,
  exchanges: readonly Exchange[],
  values: readonly Value[],
): Judged {
  const named = (seq: number) => exchanges.filter((one) => one.seq === seq);
  const stepsNamed = (name: string) => {
    const path = check && stepNamed(check, name)?.path;
    return exchanges.filter(({ step }) => placeOf(step) === path);
  };
  const needed = required.flatMap(({ seq, wanted, words }) =>
    named(seq).map((exchange): Ruling => {
      const { all } = questionsOf(wanted, exchange, knownTo(exchange, exchanges, values));
      return { seq, acceptable: words, cases: [{ all, amount: 'accepted' }], otherwise: 'faulty' };
    }),
  );
  const rulings = by.flatMap(({ seq, acceptable, rule }) =>
    named(seq).flatMap((exchange) => {
      if (rule.kind === 'invariant') {
        const group = exchanges.filter((one) => one.group === rule.over);
        return invariantRuling(rule.holds, acceptable, exchange, group) ?? [];
      }
      if (rule.kind === 'visible') return visibleRuling(acceptable, exchange);
      // An id that is learnt later may be its own: that of the session it opens.
      const made = rulingOf(rule.rule, answers, acceptable, exchange, { values, stepsNamed });
      return needed.length === 0 ? besideNothing(made, exchange) : made;
    }),
  );
  return { required: needed, rulings, look };
}

/** Where nothing else shows that a server is there, the lack of an answer that the run got shows nothing. */
function besideNothing(ruling: Ruling, { reply }: Exchange): Ruling {
  if (statusOf(reply) === undefined) return ruling;
  const none = { all: [{ ask: 'hasStatus', words: plain('none') }], amount: 'open' } as const;
  return { ...ruling, cases: [none, ...ruling.cases] };
}
