import { expect, it } from 'vitest';
import { seenBy, told } from '../testing/history.js';
import { empty, result, stream } from '../testing/made.js';
import { progressWasAskedFor, updatesReachSubscribers } from './unasked.js';

const message = (method: string, params: object) => ({
  data: JSON.stringify({ jsonrpc: '2.0', method, params }),
});
const update = message('notifications/resources/updated', { uri: 'memo://hello' });
const progress = message('notifications/progress', { progressToken: 'token of bob', progress: 1 });
const listening = { asked: { kind: 'get' } } as const;

function calling(token: string) {
  const params = { name: 'slow', arguments: {}, _meta: { progressToken: token } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  return { sent: { carrier: 'http', method: 'POST', headers: [], body } } as const;
}

it('an update is for those who subscribed', () => {
  const run = told();
  run.open('alice', 1);
  run.open('bob', 2);
  run.ask('bob', result({}), { asked: { method: 'resources/subscribe' } });
  for (const who of ['alice', 'bob']) run.ask(who, stream([update]), listening);
  expect(seenBy(updatesReachSubscribers, run)).toEqual({
    good: 1,
    unsure: 0,
    bad: ['stray-message: an update came to a session that never subscribed'],
  });
});

it('progress is for the session that gave the token', () => {
  const run = told();
  run.open('alice', 1);
  run.open('bob', 2);
  run.ask('alice', result({}), calling('token of alice'));
  run.ask('bob', stream([progress]), calling('token of bob'));
  run.ask('alice', stream([progress]), listening);
  expect(seenBy(progressWasAskedFor, run)).toEqual({
    good: 1,
    unsure: 0,
    bad: ['stray-message: progress came under a token that its session never gave'],
  });
});

it('without a token, or a session, nobody can tell', () => {
  const run = told();
  run.open('alice', 1);
  run.ask('alice', stream([message('notifications/progress', { progress: 1 })]), listening);
  run.ask('alice', stream([update, progress]), { asked: { kind: 'get', session: [] } });
  run.ask('alice', empty(202), listening);
  expect(seenBy(progressWasAskedFor, run).bad).toEqual([]);
  expect(seenBy(updatesReachSubscribers, run).bad).toEqual([]);
});
