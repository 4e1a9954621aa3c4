import { describe, expect, it } from 'vitest';
import type { Exchange } from '../model/transcript.js';
import { exchange, result, stream } from '../testing/made.js';
import { eachWordOnce } from './once.js';
import { progressStays } from './progress.js';

const bodyOf = (progressToken: string) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { _meta: { progressToken } } });

/** A call under a token, and the progress that came on its stream, each with its token. */
function call(actor: string, token: string, came: readonly (readonly [string, number])[]): Exchange {
  const events = came.map(([progressToken, progress]) => ({
    data: JSON.stringify({
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken, progress },
    }),
  }));
  return exchange('1', stream(events), {
    actor,
    asked: { method: 'tools/call' },
    sent: { carrier: 'http', method: 'POST', headers: [], body: bodyOf(token) },
  });
}

const risen = (token: string) => [1, 2, 3].map((n) => [token, n] as const);
const flat = (token: string) => [1, 1, 1].map((n) => [token, n] as const);
const kinds = (all: readonly Exchange[]) => all.map((one) => progressStays(one, all).kind);

describe('progress stays in its call', () => {
  it('where each call gets its own, though both have one token', () => {
    const all = [
      call('alice', 'a', risen('a')),
      call('bob', 'b', risen('b')),
      call('alice', 'both', risen('both')),
      call('bob', 'both', risen('both')),
    ];
    expect(kinds(all)).toEqual(['skip', 'skip', 'good', 'good']);
  });

  it('unless one gets that of the other besides', () => {
    const twice = [1, 1, 2, 2, 3, 3].map((n) => ['both', n] as const);
    const all = [
      call('alice', 'a', risen('a')),
      call('bob', 'b', risen('b')),
      call('alice', 'both', []),
      call('bob', 'both', twice),
    ];
    expect(kinds(all)).toEqual(['skip', 'skip', 'skip', 'bad']);
  });

  it('of a server whose progress does not rise nothing is said', () => {
    const all = [
      call('alice', 'a', flat('a')),
      call('alice', 'both', flat('both')),
      call('bob', 'both', flat('both')),
    ];
    expect(kinds(all)).toEqual(['skip', 'skip', 'skip']);
  });

  it('nor of a call that was sent again', () => {
    const twice = [1, 1].map((n) => ['both', n] as const);
    const sentAgain = {
      ...call('bob', 'both', twice),
      again: [{ kind: 'dropped', code: 'ECONNRESET', says: 'reset' }],
    } as const;
    const all = [call('bob', 'b', risen('b')), call('alice', 'both', []), sentAgain];
    expect(kinds(all)).toEqual(['skip', 'skip', 'skip']);
  });
});

describe('each word is there once', () => {
  const words = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc'];
  const written = words.map((nonce) =>
    exchange('1', result({}), { asked: { method: 'tools/call', shows: 'marks', nonce } }),
  );
  const read = (...shown: readonly string[]) =>
    exchange('2', result({ content: [{ type: 'text', text: shown.join(' ') }] }), {
      asked: { method: 'tools/call', shows: 'marks', wrote: { own: words, others: [] } },
    });
  const [a = '', b = '', c = ''] = words;

  it.each([
    ['once each', [a, b, c], 'good'],
    ['each twice', [...words, ...words], 'good'],
    ['the last one besides', [c, a, b, c], 'good'],
    ['one between others twice', [a, b, b, c], 'bad'],
    ['one not at all', [a, b, b], 'skip'],
  ] as const)('%s', (_, shown, kind) => {
    const reading = read(...shown);
    expect(eachWordOnce(reading, [...written, reading]).kind).toBe(kind);
  });

  it('unless we wrote it twice', () => {
    const [first, second, third] = written;
    const again = [{ kind: 'dropped', code: 'ECONNRESET', says: 'reset' }] as const;
    const reading = read(a, b, b, c);
    const all = [first, second && { ...second, again }, third, reading].filter((one) => one !== undefined);
    expect(eachWordOnce(reading, all).kind).toBe('skip');
  });
});
