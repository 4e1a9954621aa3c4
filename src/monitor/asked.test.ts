import { expect, it } from 'vitest';
import { seenBy, told } from '../testing/history.js';
import { stream } from '../testing/made.js';
import { requestsAsDeclared } from './asked.js';

const asked = {
  data: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params: {} }),
};
const listening = { asked: { kind: 'get' } } as const;

function declaring(capabilities: object) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { capabilities } });
  return { sent: { carrier: 'http', method: 'POST', headers: [], body } } as const;
}

it('a client is asked only for what it declared', () => {
  const run = told();
  run.open('alice', 1, declaring({ sampling: {} }));
  run.open('bob', 2, declaring({}));
  for (const who of ['alice', 'bob']) run.ask(who, stream([asked]), listening);
  expect(seenBy(requestsAsDeclared, run)).toEqual({
    good: 1,
    unsure: 0,
    bad: ['stray-message: a client was asked for sampling/createMessage that did not declare it'],
  });
});
