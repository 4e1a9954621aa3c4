import { answerOf } from '../model/message.js';
import type { Exchange } from '../model/transcript.js';
import { canonical } from './equal.js';
import { good, skip, type InvariantTest } from './holding.js';

/** So many others with one result show that it changes with nothing. */
const othersMin = 2;

/** Of calls that differ in their words alone, one whose result is not the one that all others have. */
export const endingAlike: InvariantTest = (exchange, all) => {
  const own = resultOf(exchange);
  if (own === undefined) return skip;
  const others = all
    .filter((other) => other !== exchange && other.asked.method === exchange.asked.method)
    .flatMap((other) => resultOf(other) ?? []);
  const [usual] = others;
  if (usual === undefined || others.length < othersMin || others.some((other) => other !== usual))
    return skip;
  if (own === usual) return good;
  return { kind: 'bad', reason: 'wrong-body', says: 'its result is not the one that the other calls have' };
};

/** What a call gave, without the word that it was given. */
function resultOf(exchange: Exchange): string | undefined {
  const { nonce } = exchange.asked;
  const result = canonical(answerOf(exchange)?.result);
  return nonce === undefined ? result : result?.replaceAll(nonce, '');
}
