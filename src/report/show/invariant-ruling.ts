import type { InvariantName } from '../../model/statement.js';
import type { Exchange } from '../../model/transcript.js';
import { idOf, plain, type Question } from './question.js';
import { isClass, type Ruling } from './ruling.js';

type Decided = Pick<Ruling, 'cases' | 'otherwise'>;
type Deciding = (exchange: Exchange, group: readonly Exchange[]) => Decided | undefined;

/** The statements about a group of exchanges that its answers decide one by one; the others take more than a script knows. */
const deciding: Readonly<Partial<Record<InvariantName, Deciding>>> = {
  'every-request-is-answered': (exchange) => never(exchange, ['no-answer', 'dropped']),
  'no-server-error': (exchange) => never(exchange, ['5xx']),
  'each-reply-matches-its-request': (exchange, group) => {
    const { nonce } = exchange.asked;
    if (nonce === undefined) return undefined;
    const others = new Set(group.flatMap(({ asked }) => asked.nonce ?? []).filter((one) => one !== nonce));
    const foreign: Ruling['cases'] =
      others.size === 0 ? [] : [{ all: [{ ask: 'says', words: plain(...others) }], amount: 'faulty' }];
    const answers: Question = { ask: 'isKind', words: [idOf(exchange), ...plain('result', 'error')] };
    return {
      cases: [
        ...foreign,
        { all: [answers], amount: 'accepted' },
        // Its own word under another id.
        { all: [{ ask: 'says', words: plain(nonce) }], amount: 'faulty' },
      ],
      otherwise: 'open',
    };
  },
};

function never(exchange: Exchange, classes: readonly string[]): Decided {
  return {
    cases: [{ all: [isClass(exchange, [], classes)], amount: 'faulty' }],
    otherwise: 'accepted',
  };
}

export function isDecidable(holds: InvariantName): boolean {
  return deciding[holds] !== undefined;
}

export function invariantRuling(
  holds: InvariantName,
  acceptable: string,
  exchange: Exchange,
  group: readonly Exchange[],
): Ruling | undefined {
  const decided = deciding[holds]?.(exchange, group);
  return decided && { seq: exchange.seq, acceptable, ...decided };
}
