import { describe, expect, it } from 'vitest';
import { exchange, result } from '../testing/made.js';
import { endingAlike } from './ending-alike.js';

const call = (seq: number, text: string) =>
  exchange(String(seq), result({ content: [{ type: 'text', text }] }), {
    asked: { kind: 'request', method: 'tools/call', rpcId: 1, nonce: `word${seq}` },
  });

const holdings = (...texts: readonly string[]) => {
  const calls = texts.map((text, seq) => call(seq, text));
  return calls.map((one) => endingAlike(one, calls).kind);
};

describe('of calls of one tool', () => {
  it('one is told that ends otherwise than all others', () => {
    expect(holdings('5 of 5', '2 of 5', '5 of 5')).toEqual(['skip', 'bad', 'skip']);
  });

  it('the word of each is its own', () => {
    expect(holdings('word0 done', 'word1 done', 'word2 done')).toEqual(['good', 'good', 'good']);
  });

  it('results that are never alike show nothing, nor do two', () => {
    expect(holdings('1', '2', '3')).toEqual(['skip', 'skip', 'skip']);
    expect(holdings('5 of 5', '2 of 5')).toEqual(['skip', 'skip']);
  });
});
