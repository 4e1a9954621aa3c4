import { describe, expect, it } from 'vitest';
import { isObject, parseJson } from '../model/json.js';
import { checkOf } from '../testing/check.js';
import { executed } from '../testing/deps.js';
import { sampleFacts } from '../testing/sample.js';
import { answer, scripted, type Deviation } from '../testing/target.js';

const cart = 'cart-0123456789';
const check = checkOf({
  needs: '[handles]',
  steps: `
  - open: alice
  - { send: probe.handle.create, save: { a: handle }, require: { result: true } }
  - { send: probe.handle.create, group: ids }
  - { send: probe.handle.read, handle: '\${a}', name: alive, require: { result: true } }
  - { send: probe.handle.read, handle: { of: '\${a}', changed: same-form }, observe: true }
  - { send: probe.handle.read, handle: none, control: alive, judge: { tool: error } }
  - { analyse: distinct, over: ids, judge: { distinct: true }, reason: duplicate-id }
`,
});

const call = (name: string, args: Readonly<Record<string, string>>) => ({
  method: 'tools/call',
  params: { name, arguments: args },
});
const probes = {
  plain: { method: 'ping' },
  handle: {
    create: call('open', {}),
    idAt: { keys: ['content', 0, 'text'], word: 0 },
    read: call('show', { cart: '${handle}', full: 'yes' }),
  },
};

const shop: Deviation = ({ method, message }) =>
  method === 'tools/call'
    ? answer(message, { content: [{ type: 'text', text: `The cart ${cart} is there.` }] })
    : undefined;

describe('an id that a probe made', () => {
  it('is carried, altered, or left out', async () => {
    const { carrier } = await executed(check, scripted(shop).target, { facts: { ...sampleFacts, probes } });
    const asked = carrier.arrived.flatMap(({ request }) => {
      const message = parseJson(request.body ?? '');
      const params = isObject(message) ? message['params'] : undefined;
      return isObject(params) && params['name'] === 'show' ? [params['arguments']] : [];
    });
    const [whole, altered, bare] = asked;
    expect(whole).toEqual({ cart, full: 'yes' });
    expect(altered).toMatchObject({ cart: expect.stringMatching(/^cart-01\d{8}$/) });
    expect(altered).not.toEqual(whole);
    expect(bare).toEqual({ full: 'yes' });
  });

  it('is written down under a name, and analysed as it came', async () => {
    const { transcript } = await executed(check, scripted(shop).target, {
      facts: { ...sampleFacts, probes },
    });
    expect(JSON.stringify(transcript)).not.toContain(cart);
    expect(JSON.stringify(transcript)).toContain('The cart «a» is there.');
    expect(transcript.entries.at(-1)).toMatchObject({ kind: 'finding', samples: 1 });
  });
});
