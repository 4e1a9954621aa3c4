import { expect, it } from 'vitest';
import { exchange, result, stream } from '../testing/made.js';
import { onOneStream } from './one-stream.js';

const log = (data: string) =>
  JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data } });

const call = (nonce: string) => exchange('1', result({}), { asked: { method: 'tools/call', nonce } });

function of(texts: readonly string[]) {
  const reply = stream(texts.map((text, atMs) => ({ atMs, data: log(text) })));
  return exchange('2', reply, { asked: { kind: 'get' } });
}

/** Two calls; while the first was made one stream was open, then two. */
function kindOf(first: readonly string[], second: readonly string[]) {
  const calls = [call('word1'), call('word2')];
  const all = [...calls, of(first), of(second)];
  return calls.map((one) => onOneStream(one, all).kind);
}

it.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['on one of two streams', ['word1 hi', 'word2 hi'], [], ['good', 'good']],
  ['on both', ['word1 hi', 'word2 hi'], ['word2 hi'], ['good', 'bad']],
  ['one after the other by turns', ['word1 a', 'word1 b', 'word2 a'], ['word2 b'], ['good', 'good']],
  ['the same ones by turns', ['word1 hi', 'word1 hi', 'word2 hi'], ['word2 hi'], ['good', 'good']],
  [
    'the same ones on both',
    ['word1 a', 'word1 a', 'word2 a', 'word2 a'],
    ['word2 a', 'word2 a'],
    ['good', 'bad'],
  ],
  ['none', [], [], ['skip', 'skip']],
])('messages that come %s', (_, first, second, kinds) => expect(kindOf(first, second)).toEqual(kinds));
