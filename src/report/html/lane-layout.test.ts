import { expect, test } from 'vitest';
import type { Exchange, Transcript } from '../../model/transcript.js';
import { layOut, type Placed } from './lane-layout.js';
import { sampleExchange } from './testing/runs.js';

function layoutOf(entries: Transcript['entries'], decides: Exchange) {
  const transcript: Transcript = { check: 'x.y', revision: '2025-11-25', entries };
  const attempt = { number: 1, of: 1 };
  return layOut({ transcript, attempt, decides, beside: [], controlled: false });
}

const placed = ({ rows }: ReturnType<typeof layOut>) =>
  rows.filter((row): row is Placed => row.kind === 'exchange');
const remarks = ({ rows }: ReturnType<typeof layOut>) =>
  rows.flatMap((row) => (row.kind === 'remark' ? [row.says] : []));

test('each actor has a column, in order of appearance, and time goes downwards', () => {
  const alice = sampleExchange(1, 10);
  const bob = sampleExchange(2, 20, { actor: 'bob' });
  const again = sampleExchange(3, 30);
  const layout = layoutOf([again, bob, alice], bob);
  expect(layout.lanes).toEqual([
    { name: 'alice', column: 2, width: 1 },
    { name: 'bob', column: 3, width: 1 },
  ]);
  expect(
    placed(layout).map(({ row, endRow, column, afterMs, role }) => [row, endRow, column, afterMs, role]),
  ).toEqual([
    [2, 3, 2, 0, undefined],
    [3, 4, 3, 10, 'decides'],
    [4, 5, 2, 20, undefined],
  ]);
});

test('a request reaches down beside what began while it was under way', () => {
  const slow = sampleExchange(1, 10, { settledMs: 100 });
  const beside = sampleExchange(2, 20, { actor: 'bob' });
  const after = sampleExchange(3, 200);
  expect(placed(layoutOf([slow, beside, after], slow)).map(({ row, endRow }) => [row, endRow])).toEqual([
    [2, 4],
    [3, 4],
    [4, 5],
  ]);
});

test('requests of one actor that overlap lie side by side', () => {
  const first = sampleExchange(1, 10, { settledMs: 100 });
  const second = sampleExchange(2, 20, { settledMs: 90 });
  const third = sampleExchange(3, 200);
  const layout = layoutOf([first, second, third], first);
  expect(layout.lanes).toEqual([{ name: 'alice', column: 2, width: 2 }]);
  expect(layout.columns).toBe(2);
  expect(placed(layout).map(({ column }) => column)).toEqual([2, 3, 2]);
});

test('a stream has a lane of its own and lasts until the check ends, a node has one too', () => {
  const content = { kind: 'stream', events: [{ atMs: 12, data: '' }], end: 'open' } as const;
  const stream = sampleExchange(1, 10, {
    asked: { kind: 'get', session: [] },
    reply: { kind: 'response', frame: { carrier: 'http', status: 200, headers: [] }, content },
  });
  const elsewhere = sampleExchange(2, 500, { node: 1 });
  const layout = layoutOf([stream, elsewhere], elsewhere);
  expect(layout.lanes.map(({ name }) => name)).toEqual(['alice, stream', 'alice at node 2']);
  expect(placed(layout).map(({ endRow }) => endRow)).toEqual([4, 4]);
});

test('of many exchanges those are shown that tell most, and how many are not', () => {
  const opening = sampleExchange(1, 1, {
    asked: { kind: 'initialize', session: [] },
    named: ['«session alice»'],
  });
  const crowd = Array.from({ length: 300 }, (_, i) => sampleExchange(i + 2, i + 2, { actor: `guest${i}` }));
  const decides = sampleExchange(400, 400);
  const layout = layoutOf([opening, ...crowd, decides, sampleExchange(401, 401)], decides);
  expect(placed(layout).length).toBeLessThanOrEqual(14);
  expect(layout.lanes.length).toBeLessThanOrEqual(4);
  expect(placed(layout).map(({ exchange }) => exchange)).toEqual(expect.arrayContaining([opening, decides]));
  expect(remarks(layout)).toEqual(['297 more exchanges, not shown']);
});

test('what happens besides exchanges stands where it happened', () => {
  const before = sampleExchange(1, 10);
  const after = sampleExchange(4, 40);
  const layout = layoutOf(
    [
      before,
      { kind: 'operated', seq: 2, step: '1', does: 'kill', done: true, afterMs: 3 },
      { kind: 'awaited', seq: 3, step: '2', stream: 'news', came: false, afterMs: 20 },
      after,
      { kind: 'skipped', seq: 5, step: '3', because: 'it has no id' },
    ],
    after,
  );
  expect(layout.rows.map((row) => (row.kind === 'remark' ? row.says : row.exchange.seq))).toEqual([
    1,
    'the target was killed',
    'what was awaited on news did not come within 20 ms',
    4,
    'left out: it has no id',
  ]);
});
