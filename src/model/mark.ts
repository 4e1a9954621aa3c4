/** What a state probe writes before its nonce, and what the judge counts in the answer of a read. */
export const mark = 'sessionspec-mark-';

/** What a counter shows: the first whole number in the first text item of an answer. */
export function numberIn(answer: string): number | undefined {
  const item = /"text"\s*:\s*"((?:[^"\\]|\\.)*)"/u.exec(answer)?.[1];
  const number = item === undefined ? undefined : /-?\d+/u.exec(item)?.[0];
  return number === undefined ? undefined : Number(number);
}
