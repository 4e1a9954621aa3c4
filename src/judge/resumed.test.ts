import { expect, it } from 'vitest';
import { exchange, stream } from '../testing/made.js';
import { goingOn } from './resumed.js';

const events = (numbers: readonly number[]) =>
  stream(
    numbers.map((n) => ({ atMs: n, data: n === 0 ? '' : `{"n":${n}}`, id: String(n) })),
    'complete',
  );

/** A stream of an event that only has an id and four messages, resumed behind the second of these. */
function kindOf(
  came: readonly number[],
  end: 'complete' | 'open' = 'complete',
  cutAfter?: 'get' | 'request',
) {
  const whole = events([0, 1, 2, 3, 4]);
  if (whole.kind !== 'response') throw new Error('made as a response');
  const cut = { ...whole, content: { ...whole.content, end: 'aborted' as const } };
  const original =
    cutAfter === undefined ? exchange('1', whole) : exchange('1', cut, { asked: { kind: cutAfter } });
  const { sent } = original;
  if (sent.carrier !== 'http') throw new Error('made over HTTP');
  const reply = events(came);
  if (reply.kind !== 'response') throw new Error('made as a response');
  const resumed = exchange(
    '2',
    { ...reply, content: { ...reply.content, end } },
    { asked: { kind: 'get' }, sent: { ...sent, headers: [...sent.headers, ['Last-Event-ID', '2']] } },
  );
  return goingOn(resumed, [original, resumed]).kind;
}

it.each<[string, readonly number[], 'complete' | 'open', string]>([
  ['all that followed', [3, 4], 'complete', 'good'],
  ['nothing', [], 'complete', 'skip'],
  ['what came before as well', [1, 2, 3, 4], 'complete', 'bad'],
  ['the last alone', [4], 'complete', 'bad'],
  ['the last alone, while it is open', [4], 'open', 'bad'],
  ['all but the last', [3], 'complete', 'bad'],
  ['all but the last, of a stream that was over', [3], 'open', 'bad'],
  ['all but the last, and something newer', [3, 5], 'open', 'bad'],
  ['all that followed, and something newer', [3, 4, 5], 'open', 'good'],
])('%s', (_, came, end, kind) => expect(kindOf(came, end)).toBe(kind));

it.each<[string, readonly number[], 'get' | 'request', string]>([
  ['the last alone', [4], 'get', 'bad'],
  ['all but the last, which may be late', [3], 'get', 'skip'],
  ['the last alone, of an answer that was cut', [4], 'request', 'skip'],
])('of a stream that its client ended: %s', (_, came, asked, kind) => {
  expect(kindOf(came, 'open', asked)).toBe(kind);
});
