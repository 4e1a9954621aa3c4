import { expect, it } from 'vitest';
import { exchange, result, stream } from '../testing/made.js';
import { followingNoOther } from './hearers.js';

const log = 'notifications/message';
const changed = 'notifications/tools/list_changed';

/** Bob calls at 100, 300, 500 and 700 and pings at 200, 400 …; alice listens from 150 on. After 800 nobody does anything for a while. */
const quietMs = 250;
const alicePings = exchange('3', result({}), { startedMs: 800 + quietMs - 1, settledMs: 800 + quietMs });
const bob = [100, 200, 300, 400, 500, 600, 700, 800].map((startedMs) =>
  exchange('1', result({}), {
    actor: 'bob',
    startedMs,
    settledMs: startedMs + 5,
    asked: { method: 'tools/call', ...(startedMs % 200 === 100 && { nonce: `word ${startedMs}` }) },
  }),
);

function listening(actor: string, fromMs: number, method: string, times: readonly number[]) {
  const data = JSON.stringify({ jsonrpc: '2.0', method });
  const reply = stream(times.map((atMs) => ({ atMs, data })));
  return exchange('2', reply, { actor, startedMs: fromMs, settledMs: fromMs + 1, asked: { kind: 'get' } });
}

const kindOf = (method: string, times: readonly number[], own: readonly number[]) => {
  const alice = listening('alice', 150, method, times);
  const all = [listening('bob', 50, method, own), alice, ...bob, alicePings];
  return all.slice(0, 2).map((one) => followingNoOther(one, all).kind);
};

it.each<[string, string, readonly number[], readonly number[], string, string]>([
  ['a log with each call, and none between', log, [310, 510, 710], [110, 310, 510, 710], 'good', 'bad'],
  ['a log with each call, which the caller never hears', log, [310, 510, 710], [], 'skip', 'bad'],
  ['a log that misses a call', log, [310, 510], [110], 'good', 'skip'],
  ['a log by the clock', log, [210, 310, 410, 510, 610, 710, 790], [110, 210, 310], 'good', 'skip'],
  ['a log by a slow clock', log, [310, 510, 710, 910], [110, 310, 510, 710, 910], 'good', 'skip'],
  ['a change that everybody is told', changed, [310, 510, 710], [110, 310, 510, 710], 'good', 'skip'],
  ['a change that only others are told', changed, [310, 510, 710], [], 'skip', 'skip'],
  ['a change that the caller is told no more', changed, [310, 510, 710], [110], 'good', 'bad'],
  ['nothing', log, [], [110, 310], 'good', 'skip'],
])('%s', (_, method, times, own, callers, others) =>
  expect(kindOf(method, times, own)).toEqual([callers, others]),
);

it('two calls show nothing', () => {
  const alice = listening('alice', 450, log, [510, 710]);
  expect(followingNoOther(alice, [alice, ...bob, alicePings])).toEqual({ kind: 'skip' });
});

it('what may come by a clock that is slower than any quiet round shows nothing', () => {
  const alice = listening('alice', 150, log, [310, 510, 710]);
  expect(followingNoOther(alice, [alice, ...bob])).toEqual({ kind: 'skip' });
});
