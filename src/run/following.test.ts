import { expect, it } from 'vitest';
import { fakeCarrier, FakeStream, type Target } from '../testing/fake-carrier.js';
import { eventsOf } from '../model/reply.js';
import { isAnsweredBy } from '../model/message.js';
import { following } from './following.js';
import { createTraffic } from './traffic.js';

const answer = '{"jsonrpc":"2.0","id":1,"result":{}}';

/** A stream with these events, which the server closes. */
function closed(...events: readonly (readonly [id: string, data: string])[]): FakeStream {
  const stream = new FakeStream();
  for (const [id, data] of events) stream.push(data, { id });
  stream.finish();
  return stream;
}

async function asked(target: Target) {
  const carrier = fakeCarrier(target);
  const traffic = createTraffic({});
  const connection = following(carrier, traffic).connect();
  const sent = carrier.frame({
    does: 'message',
    text: '{"jsonrpc":"2.0","id":1,"method":"x"}',
    ids: ['s'],
    added: [],
  });
  if ('because' in sent) throw new Error(sent.because);
  const call = connection.send(sent, { timeoutMs: 50, until: (event) => isAnsweredBy(event, 1) });
  const isEnded = call.waitFor((reply) => reply.kind === 'response' && reply.content.end === 'complete', 50);
  const reply = await call.settled;
  const polls = carrier.arrived
    .slice(1)
    .map(({ request }) => Object.fromEntries(request.headers)['Last-Event-ID']);
  return {
    reply,
    data: eventsOf(reply).map(({ data }) => data),
    polls,
    ended: await isEnded,
    exchanges: traffic.exchanges,
  };
}

it('goes on behind the last event until the answer comes, as one reply', async () => {
  const streams = [closed(['1', '']), closed(['2', '{}']), closed(['3', answer])];
  const { data, polls, ended, exchanges } = await asked(() => streams.shift() ?? 'silence');
  expect(data).toEqual(['', '{}', answer]);
  expect(polls).toEqual(['1', '2']);
  expect(ended).toBe(true);
  expect(exchanges).toBe(2);
});

it('asks nothing where the answer came, or no event has an id', async () => {
  expect((await asked(() => closed(['1', answer]))).polls).toEqual([]);
  expect((await asked(() => closed(['', '{}']))).polls).toEqual([]);
});

it('leaves the stream as it ended where the rest is refused', async () => {
  const gone = { kind: 'response', frame: { carrier: 'http', status: 404, headers: [] } } as const;
  const refused = { ...gone, content: { kind: 'body', text: '', bytes: 0, end: 'complete' } } as const;
  const { reply, polls, ended } = await asked(({ request }) =>
    request.method === 'GET' ? refused : closed(['1', '']),
  );
  expect(polls).toEqual(['1']);
  expect(reply).toMatchObject({ kind: 'response', content: { kind: 'stream', end: 'complete' } });
  expect(ended).toBe(true);
});

it('asks a server that closes every stream at once no longer than a bound', async () => {
  let id = 0;
  const { polls } = await asked(() => closed([String((id += 1)), '']));
  expect(polls).toHaveLength(50);
});
