import { describe, expect, it } from 'vitest';
import { headerValues } from '../model/framing.js';
import { isObject, parseJson } from '../model/json.js';
import { checkOf } from '../testing/check.js';
import { executed } from '../testing/deps.js';
import { answer, scripted, type Deviation } from '../testing/target.js';

/** Serves requests that name 2026-07-28, and has sessions for the others. */
const dual: Deviation = ({ request, message }) =>
  headerValues(request.headers, 'mcp-protocol-version')[0] === '2026-07-28'
    ? answer(message, { supportedVersions: ['2026-07-28'] })
    : undefined;

const prefix = 'io.modelcontextprotocol/';

async function sent(steps: string) {
  const { carrier, exchanges } = await executed(checkOf(steps), scripted(dual).target);
  const requests = carrier.arrived.map(({ request }) => {
    const body = parseJson(request.body ?? '');
    const message = isObject(body) ? body : {};
    const params = isObject(message['params']) ? message['params'] : {};
    const meta = isObject(params['_meta']) ? params['_meta'] : {};
    const field = (name: string) => headerValues(request.headers, name)[0];
    return {
      method: message['method'],
      revision: field('mcp-protocol-version'),
      says: [field('mcp-method'), field('mcp-name')].filter((one) => one !== undefined),
      meta: Object.keys(meta).map((key) => key.replace(prefix, '')),
      session: field('mcp-session-id'),
    };
  });
  return { requests, exchanges };
}

const whole = ['protocolVersion', 'clientInfo', 'clientCapabilities'];

describe('a client of the revision without sessions', () => {
  it('asks server/discover, and says in each request who it is', async () => {
    const { requests, exchanges } = await sent(`
      - { open: alice, revision: 2026-07-28 }
      - { send: tools/call, params: { name: café, arguments: {} }, observe: true }
      - { send: resources/read, params: { uri: 'a://b', _meta: { own: 1 } }, judge: { status: 200 } }
    `);
    const of = { revision: '2026-07-28', session: undefined };
    expect(requests).toEqual([
      { ...of, method: 'server/discover', says: ['server/discover'], meta: whole },
      { ...of, method: 'tools/call', says: ['tools/call', '=?base64?Y2Fmw6k=?='], meta: whole },
      { ...of, method: 'resources/read', says: ['resources/read', 'a://b'], meta: [...whole, 'own'] },
    ]);
    expect(exchanges.map(({ asked: { modern, kind } }) => [modern, kind])).toEqual(
      exchanges.map(() => [true, 'request']),
    );
  });

  it('leaves out and changes what a step says', async () => {
    const { requests } = await sent(`
      - { open: alice, revision: 2026-07-28 }
      - { send: ping, meta: none, observe: true }
      - { send: ping, meta: { '${prefix}clientInfo': null, other: 2 }, headers: { Mcp-Method: null }, observe: true }
      - { send: ping, revision-header: none, headers: { Mcp-Method: pong }, judge: { status: 200 } }
    `);
    expect(requests.slice(1).map(({ revision, says, meta }) => [revision, says, meta])).toEqual([
      ['2026-07-28', ['ping'], []],
      ['2026-07-28', [], ['protocolVersion', 'clientCapabilities', 'other']],
      [undefined, ['pong'], whole],
    ]);
  });

  it('has no session, and may carry the id of another', async () => {
    const { requests, exchanges } = await sent(`
      - open: alice
      - { open: bob, revision: 2026-07-28 }
      - { send: ping, as: bob, session: alice, observe: true }
      - { send: ping, as: bob, session: own, observe: true }
      - { send: ping, as: alice, judge: { status: 200, result: true } }
    `);
    const pings = requests.filter(({ method }) => method === 'ping');
    expect(pings.map(({ session, revision }) => [session === undefined, revision])).toEqual([
      [false, '2026-07-28'],
      [true, '2026-07-28'],
      [false, '2025-11-25'],
    ]);
    expect(exchanges.find(({ step }) => step === '2')?.asked).toMatchObject({
      modern: true,
      session: ['«session alice»'],
    });
    // Only the session is ended.
    expect(requests.filter(({ method }) => method === undefined)).toHaveLength(1);
  });
});
