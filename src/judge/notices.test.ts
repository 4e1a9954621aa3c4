// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { exchange, result, stream } from '../testing/made.js';
import { heardAsBefore, onlySubscribers } from './notices.js';

const message = (method: string, data: string) => ({
  data: JSON.stringify({ jsonrpc: '2.0', method, params: { data } }),
});
const call = (nonce: string, ...heard: readonly string[]) =>
  exchange('1', stream(heard.map((word) => message('notifications/message', word))), {
    asked: { method: 'tools/call', nonce },
  });

describe('heard as before', () => {
  it('holds where the message of a later call comes, with the answer or on a stream', () => {
    const all = [call('one', 'one'), call('two', 'two')];
    expect(all.map((one) => heardAsBefore(one, all).kind)).toEqual(['skip', 'good']);
    const listening = exchange(
      '2',
      stream(['one', 'two'].map((word) => message('notifications/message', word))),
      {
        asked: { kind: 'get' },
      },
    );
    const apart = [listening, call('one'), call('two')];
    expect(apart.map((one) => heardAsBefore(one, apart).kind)).toEqual(['skip', 'skip', 'good']);
  });
  it('is broken where none of the later ones comes', () => {
    const all = [call('one', 'one'), call('two'), call('three')];
    expect(all.map((one) => heardAsBefore(one, all).kind)).toEqual(['skip', 'bad', 'bad']);
  });
  it('lets one be late', () => {
    const all = [call('one', 'one'), call('two'), call('three', 'three')];
    expect(all.map((one) => heardAsBefore(one, all).kind)).toEqual(['skip', 'skip', 'good']);
  });
  it('says nothing where the first call is not heard', () => {
    const all = [call('one'), call('two')];
    expect(all.map((one) => heardAsBefore(one, all).kind)).toEqual(['skip', 'skip']);
  });
});

describe('updates reach subscribers', () => {
  const updated = (actor: string) =>
    exchange('1', stream([message('notifications/resources/updated', 'memo')]), {
      actor,
      asked: { kind: 'get' },
    });
  const subscribed = exchange('2', result({}), { actor: 'bob', asked: { method: 'resources/subscribe' } });
  it('and no other session', () => {
    const all = [updated('alice'), updated('bob'), subscribed];
    expect(all.map((one) => onlySubscribers(one, all).kind)).toEqual(['bad', 'good', 'skip']);
  });
});
