import { expect, it } from 'vitest';
import { seenBy, told } from '../testing/history.js';
import { stream } from '../testing/made.js';
import { answeredOnce } from './answered.js';

const response = (id: number) => ({ data: JSON.stringify({ jsonrpc: '2.0', id, result: {} }) });
const progress = {
  data: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 7 } }),
};
const asking = { asked: { rpcId: 7 } } as const;

it.each([
  ['one response', [progress, response(7)], []],
  ['its response, and one to another request', [response(7), response(8)], []],
  [
    'two responses',
    [response(7), progress, response(7)],
    ['answered-twice: the request with the id 7 got 2 responses in one reply'],
  ],
])('a request gets %s', (_, events, bad) => {
  const run = told();
  run.open('alice', 1);
  run.ask('alice', stream(events), asking);
  expect(seenBy(answeredOnce, run).bad).toEqual(bad);
});
