import { visible } from '../visible.js';
import type { Judged } from './judged.js';
import type { Question } from './question.js';
import type { Amount, Ruling } from './ruling.js';

/** How a language of scripts writes what judges answers. */
export interface Writing {
  readonly comment: string;
  readonly text: (text: string) => string;
  /** A question about an answer, as a condition. */
  readonly asks: (question: Question, seq: number) => string;
  readonly all: (conditions: readonly string[]) => string;
  /** A function with its arguments. */
  readonly call: (name: string, ...words: readonly string[]) => string;
  /** One of these branches, each on a line of its own. */
  readonly choice: (
    branches: readonly { readonly if: string; readonly does: string }[],
    otherwise: string,
  ) => readonly string[];
}

/** The end of a script of a finding: whether it is there again. */
export function conclusionLines({ required, rulings, look }: Judged, writing: Writing): readonly string[] {
  const { call, comment, text } = writing;
  return [
    `${comment} Whether what was found is there again.`,
    ...required.flatMap((one) =>
      rulingLines(one, writing, { accepted: 'met', faulty: 'unmet', open: 'met' }),
    ),
    ...rulings.flatMap((one) =>
      rulingLines(one, writing, { accepted: 'accepted', faulty: 'faulty', open: 'open' }),
    ),
    ...look.map(({ seq, says }) => call('look', String(seq ?? -1), text(visible(says)))),
    call('conclude'),
  ];
}

function rulingLines(
  { seq, acceptable, cases, otherwise }: Ruling,
  { all, asks, call, choice, text }: Writing,
  names: Readonly<Record<Amount, string>>,
): readonly string[] {
  const tells = (amount: Amount) => call(names[amount], String(seq), text(visible(acceptable)));
  // What comes after a case that always holds is never asked.
  const end = cases.findIndex((one) => one.all.length === 0);
  const last = end === -1 ? otherwise : (cases[end]?.amount ?? otherwise);
  const asked = end === -1 ? cases : cases.slice(0, end);
  if (asked.length === 0) return [tells(last)];
  return choice(
    asked.map((one) => ({
      if: all(one.all.map((each) => asks(each, each.of ?? seq))),
      does: tells(one.amount),
    })),
    tells(last),
  );
}
