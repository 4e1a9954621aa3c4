import type { Json } from './facts.js';
import { firstText } from './message.js';

/** What a state probe writes before its nonce, and what the judge counts in the answer of a read. */
export const mark = 'sessionspec-mark-';

/** What a counter shows: the first whole number in the first text item of a result; digits within a word or an id are none. */
export function numberIn(result: Json | undefined): number | undefined {
  const number = /(?<![\w.-])-?\d+(?![\w-]|\.\d)/u.exec(firstText(result) ?? '')?.[0];
  return number === undefined ? undefined : Number(number);
}
