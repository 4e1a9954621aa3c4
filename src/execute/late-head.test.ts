import { expect, it } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import type { Facts } from '../model/facts.js';
import type { Reply } from '../model/reply.js';
import { checkOf } from '../testing/check.js';
import { depsOf } from '../testing/deps.js';
import { FakeStream, fakeCarrier } from '../testing/fake-carrier.js';
import { sampleFacts } from '../testing/sample.js';
import { answer, plain, scripted } from '../testing/target.js';
import { execute } from './execute.js';

leapingClock();

const facts: Facts = {
  ...sampleFacts,
  get: { offered: true, seen: 'a stream, late', late: true },
  notices: 'get',
  probes: { ...sampleFacts.probes, push: { method: 'tools/call', params: { name: 'say ${nonce}' } } },
  needsMet: [...sampleFacts.needsMet, 'get', 'push', 'notify'],
};

/** The head of a stream comes with a message; only the first stream of all gets any. */
function lateTarget() {
  const [stream, pending] = [new FakeStream(), new Array<(reply: FakeStream) => void>()];
  return scripted(({ method, message, session }) => {
    if (method === 'GET' && session === 'gone') return plain(404);
    if (method === 'GET') return new Promise((resolve) => pending.push(resolve));
    if (method !== 'tools/call') return undefined;
    stream.push(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: message }));
    pending[0]?.(stream);
    return answer(message, {});
  }).target;
}

async function entriesOf(steps: string) {
  const carrier = fakeCarrier(lateTarget());
  const transcript = await execute(checkOf(steps), facts, depsOf(carrier));
  const replies = transcript.entries.flatMap((entry) =>
    entry.kind === 'exchange' ? [[entry.step, entry.reply] as const] : [],
  );
  return { entries: transcript.entries, replies: new Map<string, Reply>(replies) };
}

it('a message brings the head of a stream, and is no event that is waited for', async () => {
  const { entries, replies } = await entriesOf(`
    - open: alice
    - { listen: alice, name: stream, judge: { stream: true } }
    - { await: stream, until: event, within-ms: 100 }
  `);
  expect(replies.get('1')).toMatchObject({ content: { kind: 'stream', events: [{}] } });
  expect(entries.find(({ kind }) => kind === 'awaited')).toMatchObject({ came: false });
});

it('a refusal comes by itself', async () => {
  const { replies } = await entriesOf(`
    - open: alice
    - { listen: alice, session: { text: gone }, observe: true }
    - { send: ping, judge: { status: 200 } }
  `);
  expect(replies.get('1')).toMatchObject({ frame: { status: 404 } });
  expect(replies.has('1.head')).toBe(false);
});

it('a stream that no message reaches is left out', async () => {
  const { entries, replies } = await entriesOf(`
    - open: alice
    - { listen: alice, name: first, require: { stream: true } }
    - { listen: alice, name: second, judge: { status: 2xx } }
    - { await: second, until: event, within-ms: 100, judge: { came: true }, reason: no-answer }
  `);
  expect(replies.has('2')).toBe(false);
  expect(entries.filter(({ kind }) => kind === 'skipped' || kind === 'awaited')).toMatchObject([
    { kind: 'skipped', step: '2' },
  ]);
});
