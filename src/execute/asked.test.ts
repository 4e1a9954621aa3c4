// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { leapingClock } from '../../fixtures/testing/clock.js';
import type { Facts } from '../model/facts.js';
import { isObject } from '../model/json.js';
import type { Exchange } from '../model/transcript.js';
import { checkOf } from '../testing/check.js';
import { executed } from '../testing/deps.js';
import { FakeStream } from '../testing/fake-carrier.js';
import { sampleFacts } from '../testing/sample.js';
import { plain, scripted } from '../testing/target.js';

leapingClock();

const facts: Facts = {
  ...sampleFacts,
  probes: { ...sampleFacts.probes, ask: { method: 'tools/call', params: { name: 'ask' } } },
  needsMet: [...sampleFacts.needsMet, 'ask', 'ask-on-get', 'get'],
};

/** Asks under one id in each session, on the stream of the call or on that of a GET, and repeats what is answered there. */
function asking(on: 'post' | 'get', method = 'elicitation/create') {
  const gets = new Map<string | undefined, FakeStream>();
  const calls = new Map<string | undefined, { readonly stream: FakeStream; readonly id: unknown }>();
  const declared: unknown[] = [];
  const answered: unknown[] = [];
  const params = { requestedSchema: { properties: { word: { type: 'string' } } } };
  const { target } = scripted(({ method: asked, message, session }) => {
    if (asked === 'initialize' && isObject(message['params']))
      declared.push(message['params']['capabilities']);
    if (asked === 'GET') {
      const stream = new FakeStream();
      gets.set(session, stream);
      return stream;
    }
    if (asked === 'tools/call') {
      const stream = new FakeStream();
      calls.set(session, { stream, id: message['id'] });
      (on === 'get' ? gets.get(session) : stream)?.push(
        JSON.stringify({ jsonrpc: '2.0', id: 'same', method, params }),
      );
      return stream;
    }
    if (message['id'] !== 'same') return undefined;
    answered.push(message['result']);
    const call = calls.get(session);
    call?.stream.push(
      JSON.stringify({ jsonrpc: '2.0', id: call.id, result: { said: message['result'] ?? '' } }),
    );
    call?.stream.finish();
    return plain(202);
  });
  return { target, declared, answered };
}

const call = (who: string) => `
  - { send: probe.ask, as: ${who}, name: of-${who}, background: true, observe: true }
`;

function answersOf(exchanges: readonly Exchange[]) {
  return exchanges.filter(({ asked }) => asked.answers !== undefined);
}

describe('an actor that can be asked', () => {
  it.each(['post', 'get'] as const)(
    'declares that, and answers with a word of its own on its %s',
    async (on) => {
      const server = asking(on);
      const { exchanges, transcript } = await executed(
        checkOf({
          needs: '[get, ask]',
          steps: `
        - { open: alice, declares: [elicitation, sampling] }
        - { open: bob, declares: [elicitation] }
        - { listen: alice, observe: true }
        - { listen: bob, observe: true }
        ${call('alice').trim()}
        - { await: of-alice, until: request, require: true }
        ${call('bob').trim()}
        - { await: of-bob, until: request, require: true }
        - { answer: alice, judge: { status: 202 } }
        - { answer: bob, judge: { status: 202 } }
        - { await: of-alice, until: answer, require: true }
      `,
        }),
        server.target,
        { facts },
      );
      expect(server.declared).toEqual([
        { elicitation: { form: {} }, sampling: {} },
        { elicitation: { form: {} } },
      ]);
      const answers = answersOf(exchanges);
      expect(answers.map(({ actor }) => actor)).toEqual(['alice', 'bob']);
      expect(new Set(answers.map(({ asked }) => asked.nonce)).size).toBe(2);
      for (const { actor, asked } of answers) {
        const own = exchanges.find((one) => one.actor === actor && one.asked.asks);
        expect(JSON.stringify(own?.reply)).toContain(asked.nonce);
      }
      expect(transcript.cut).toBeUndefined();
    },
  );

  it('is asked still when another has answered in its place', async () => {
    const server = asking('post');
    const { exchanges } = await executed(
      checkOf({
        needs: '[get, ask]',
        steps: `
        - { open: alice, declares: [elicitation] }
        - { open: bob, declares: [elicitation] }
        ${call('alice').trim()}
        - { answer: alice, as: bob, observe: true }
        - { answer: alice, judge: { status: 202 } }
      `,
      }),
      server.target,
      { facts },
    );
    const answers = answersOf(exchanges);
    expect(answers.map(({ actor, asked }) => [actor, asked.answers?.of])).toEqual([
      ['bob', 'alice'],
      ['alice', 'alice'],
    ]);
    expect(answers.map(({ asked }) => asked.own)).toEqual(answers.map(({ asked }) => asked.session[0]));
  });

  it('that is asked for nothing leaves the answer out', async () => {
    const { target } = scripted();
    const { transcript } = await executed(
      checkOf({
        needs: '[get, ask]',
        steps: `
        - { open: alice, declares: [elicitation] }
        - { answer: alice, within-ms: 50, observe: true }
        - { send: ping, judge: { status: 200 } }
      `,
      }),
      target,
      { facts },
    );
    expect(transcript.entries.find(({ kind }) => kind === 'skipped')).toMatchObject({
      because: 'the server asked alice for nothing',
    });
    expect(transcript.cut).toBeUndefined();
  });

  it('with roots tells them by itself', async () => {
    const server = asking('get', 'roots/list');
    await executed(
      checkOf({
        needs: '[get, ask]',
        steps: `
        - { open: alice, declares: [roots] }
        - { listen: alice, observe: true }
        ${call('alice').trim()}
        - { await: of-alice, until: answer, require: true }
        - { send: ping, judge: { status: 200 } }
      `,
      }),
      server.target,
      { facts },
    );
    expect(server.answered).toMatchObject([{ roots: [{}] }]);
  });
});
