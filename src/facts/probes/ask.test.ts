// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { leapingClock } from '../../../fixtures/testing/clock.js';
import { declaredIn } from '../../model/client-capabilities.js';
import { isObject, type JsonObject } from '../../model/json.js';
import { checkOf } from '../../testing/check.js';
import { FakeStream, fakeCarrier } from '../../testing/fake-carrier.js';
import { answer, initialized, plain, scripted, type Deviation } from '../../testing/target.js';
import { discover } from '../discover.js';
import { plainDiscovery } from '../../testing/discovery.js';
import type { DiscoverOptions } from '../probe.js';

leapingClock();

const { steps, ...check } = checkOf({
  needs: '[ask]',
  steps: `
    - { open: alice, declares: [elicitation] }
    - { send: probe.ask, name: call, background: true }
    - { await: call, until: answer, judge: { came: true }, reason: no-answer }
  `,
});

async function found(deviate: Deviation, more: Partial<DiscoverOptions> = {}) {
  const carrier = fakeCarrier(scripted(deviate).target);
  const discovery = await discover({
    ...plainDiscovery,
    carrier,
    checks: [{ ...check, steps }],
    initialize: (protocolVersion, declares = []) => ({
      protocolVersion,
      capabilities: declaredIn(protocolVersion, declares),
    }),
    ...more,
  });
  if (discovery.kind !== 'found' || discovery.facts[0] === undefined) throw new Error('nothing was found');
  return { facts: discovery.facts[0], carrier };
}

/** A tool that asks so often before it answers, of a client that declared it; what it was told, it repeats. */
function asker(times = 1, { on = 'post', repeats = true, name = 'ask' } = {}): Deviation {
  const declared = new Map<string | undefined, JsonObject>();
  let opened = 0;
  let get: FakeStream | undefined;
  let call: { readonly stream: FakeStream; readonly id: unknown; left: number } | undefined;
  const asks = () => {
    if (call === undefined) return;
    call.left -= 1;
    const params = { requestedSchema: { properties: { word: { type: 'string' } } } };
    const text = JSON.stringify({ jsonrpc: '2.0', id: call.left, method: 'elicitation/create', params });
    (on === 'get' ? get : call.stream)?.push(text);
  };
  return ({ method, message, session }) => {
    const params = isObject(message['params']) ? message['params'] : {};
    if (method === 'initialize') {
      const capabilities = isObject(params['capabilities']) ? params['capabilities'] : {};
      declared.set(`issued-${opened++}-5f0c9d1e7ab3`, capabilities);
      return undefined;
    }
    const isAskable = 'elicitation' in (declared.get(session) ?? {});
    if (method === 'GET') return (get = new FakeStream());
    if (method === 'tools/list')
      return answer(message, { tools: isAskable ? [{ name, description: 'Asks the user' }] : [] });
    if (method === 'tools/call') {
      call = { stream: new FakeStream(), id: message['id'], left: times };
      if (times > 0) asks();
      return call.stream;
    }
    if (message['result'] === undefined || call === undefined) return undefined;
    if (call.left > 0) asks();
    else {
      const text = repeats ? JSON.stringify(message['result']) : 'thanks';
      call.stream.push(
        JSON.stringify({ jsonrpc: '2.0', id: call.id, result: { content: [{ type: 'text', text }] } }),
      );
      call.stream.finish();
    }
    return plain(202);
  };
}

const ask = { method: 'tools/call', params: { name: 'ask', arguments: {} } };

describe('a tool that asks its client', () => {
  it.each(['post', 'get'] as const)('is found, and that it asks on a %s', async (on) => {
    const { facts } = await found(asker(1, { on }));
    expect(facts.probes.ask).toEqual(ask);
    expect(facts.asks).toEqual({ methods: ['elicitation/create'], on, shown: true });
    expect(facts.needsMet).toEqual(expect.arrayContaining(['ask', 'answer-shown']));
    expect(facts.needsMet.includes('ask-on-get')).toBe(on === 'get');
  });

  it('that does not repeat the answer is found as well', async () => {
    const { facts } = await found(asker(1, { repeats: false }));
    expect(facts.asks).toEqual({ methods: ['elicitation/create'], on: 'post' });
    expect(facts.needsMet.includes('answer-shown')).toBe(false);
  });

  it.each([0, 2])('%d times is none of use', async (times) => {
    const { facts } = await found(asker(times));
    expect(facts.probes.ask).toBeUndefined();
    expect(facts.needsMet.includes('ask')).toBe(false);
  });

  it('is described where its name does not tell', async () => {
    const deviate = asker(1, { name: 'plan' });
    expect((await found(deviate)).facts.probes.ask).toBeUndefined();
    const described = { ask: { name: 'plan', arguments: { days: 2 } } };
    const listing: Deviation = (asked) =>
      asked.method === 'tools/list' ? answer(asked.message, { tools: [{ name: 'plan' }] }) : again(asked);
    const again = asker(1, { name: 'plan' });
    const { facts } = await found(listing, { described });
    expect(facts.probes.ask).toEqual({ method: 'tools/call', params: described.ask });
  });

  it('meets one client alone, whose session is ended', async () => {
    const { carrier } = await found(asker());
    const declaring = carrier.arrived.filter(({ request }) => request.body?.includes('"elicitation":{'));
    expect(declaring).toHaveLength(1);
    expect(carrier.open()).toBe(0);
  });

  it('is not looked for where no tool is to be called', async () => {
    const { facts, carrier } = await found(asker(), { readOnly: true });
    expect(facts.probes.ask).toBeUndefined();
    expect(carrier.arrived.some(({ request }) => request.body?.includes('"elicitation":{'))).toBe(false);
  });
});

it('a server that gives no answer to such a client is not asked further', async () => {
  const { facts } = await found(({ method, message }) => {
    const params = isObject(message['params']) ? message['params'] : {};
    const isAskable = JSON.stringify(params['capabilities'] ?? {}) !== '{}';
    if (method === 'initialize' && isAskable) return plain(500);
    return method === 'initialize' ? answer(message, initialized(message)) : undefined;
  });
  expect(facts.asks).toEqual({ methods: [] });
});
