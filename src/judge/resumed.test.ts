import { expect, it } from 'vitest';
import { exchange, stream } from '../testing/made.js';
import { goingOn } from './resumed.js';

const events = (numbers: readonly number[]) =>
  stream(
    numbers.map((n) => ({ atMs: n, data: n === 0 ? '' : `{"n":${n}}`, id: String(n) })),
    'complete',
  );

/** A stream of an event that only has an id and four messages, resumed behind the second of these. */
function kindOf(came: readonly number[], end: 'complete' | 'open' = 'complete') {
  const original = exchange('1', events([0, 1, 2, 3, 4]));
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
  ['all but the last, which may be late', [3], 'open', 'skip'],
])('%s', (_, came, end, kind) => expect(kindOf(came, end)).toBe(kind));
