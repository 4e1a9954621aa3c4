import type { Exchange } from '../model/transcript.js';
import { good, skip, type InvariantTest } from './holding.js';
import { noticesIn } from './notices.js';

/**
 * A message that comes on two streams is one too many. A call may cause several, each of which may come on any stream of its session, so
 * only the same one counts; and one that is sent several times for each call shows so where one stream is open.
 */
export const onOneStream: InvariantTest = (exchange, all) => {
  const came = copiesOf(exchange, all);
  const several = [...came].find(
    ([text, copies]) => copies.length > 1 && sumOf(copies) > usual(text, exchange, all),
  );
  if (several === undefined) return came.size > 0 ? good : skip;
  const says = `the message came on ${several[1].length} streams`;
  return { kind: 'bad', reason: 'repeated-message', says };
};

/** What a call caused, without its word: how often each message came on each stream on which it did. */
function copiesOf(
  { asked: { nonce } }: Exchange,
  all: readonly Exchange[],
): ReadonlyMap<string, readonly number[]> {
  const copies = new Map<string, number[]>();
  if (nonce === undefined) return copies;
  for (const stream of all) {
    const texts = noticesIn(stream).flatMap((text) =>
      text.includes(nonce) ? [text.replaceAll(nonce, '')] : [],
    );
    for (const text of new Set(texts))
      copies.set(text, [...(copies.get(text) ?? []), texts.filter((one) => one === text).length]);
  }
  return copies;
}

/** How often a message comes for one call, as other calls of the group show that had one stream. */
function usual(text: string, exchange: Exchange, all: readonly Exchange[]): number {
  const alone = all.flatMap((other) => {
    const copies = other === exchange ? undefined : copiesOf(other, all).get(text);
    return copies?.length === 1 ? copies : [];
  });
  return Math.max(1, ...alone);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
