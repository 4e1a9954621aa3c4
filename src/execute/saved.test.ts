import { replyHeader } from '../model/reply.js';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../model/json.js';
import { checkOf } from '../testing/check.js';
import { executed } from '../testing/deps.js';
import { answer, plain, refuse, scripted, type Deviation } from '../testing/target.js';

const cookie = 'handle-0123456789';
const check = checkOf(`
  - open: alice
  - { send: tools/list, save: { cookie: 'result._meta["mcp/session"]', count: result.count } }
  - send: ping
    params: { _meta: { cookie: '\${cookie}', count: '\${count}' } }
    headers: { x-cookie: 'a=\${cookie}' }
    query: c=\${cookie}
    session: { text: '\${cookie}' }
    require: { contains: '\${cookie}' }
  - post: { jsonrpc: '2.0', id: 7, method: 'x', params: ['\${cookie}'] }
    observe: true
  - { send: ping, judge: { status: 200 } }
`);

const handing =
  (meta: unknown): Deviation =>
  ({ method, message, request }) => {
    if (method === 'tools/list')
      return answer(message, {
        tools: [],
        count: 3,
        _meta: { 'mcp/session': parseJson(JSON.stringify(meta)) ?? null },
      });
    if (method === 'ping' && request.query !== undefined) return answer(message, { _meta: { you: cookie } });
    return undefined;
  };

describe('a value of an answer', () => {
  it('is carried by later requests, as it came', async () => {
    const { carrier, transcript } = await executed(check, scripted(handing(cookie)).target);
    const [ping, post] = carrier.arrived
      .map(({ request }) => request)
      .filter(({ body }) => body?.includes(cookie));
    expect(parseJson(ping?.body ?? '')).toMatchObject({ params: { _meta: { cookie, count: 3 } } });
    expect(ping?.query).toBe(`c=${cookie}`);
    expect(ping?.headers).toContainEqual(['x-cookie', `a=${cookie}`]);
    expect(ping?.headers).toContainEqual(['Mcp-Session-Id', cookie]);
    expect(parseJson(post?.body ?? '')).toMatchObject({ params: [cookie] });
    expect(transcript.cut).toBeUndefined();
  });

  it('is written down under its name', async () => {
    const { transcript, exchanges } = await executed(check, scripted(handing(cookie)).target);
    expect(JSON.stringify(transcript)).not.toContain(cookie);
    const [, , , ping] = exchanges;
    expect(ping?.asked).toMatchObject({ session: ['«cookie»'], values: { cookie: '«cookie»' } });
    expect(JSON.stringify(ping?.reply)).toContain('«cookie»');
  });

  it.each([
    ['with quotes', 'a"b\\\\c-9876543210'],
    ['in an object', { key: 'k-9876543210abcdef' }],
  ])('is written down nowhere, %s', async (_, meta) => {
    const { carrier, transcript } = await executed(check, scripted(handing(meta)).target);
    const raw = typeof meta === 'string' ? JSON.stringify(meta).slice(1, -1) : meta.key;
    expect(carrier.arrived.some(({ request }) => request.body?.includes(raw))).toBe(true);
    expect(JSON.stringify(transcript)).not.toContain('9876543210');
  });

  it('is needed, or the check cannot go on', async () => {
    const { transcript, carrier } = await executed(check, scripted(handing('')).target);
    expect(transcript.entries.at(-1)).toMatchObject({ kind: 'skipped', step: '2', missing: true });
    expect(transcript.cut).toEqual({ step: '2', because: 'setup' });
    expect(carrier.arrived.every(({ request }) => request.query === undefined)).toBe(true);
  });

  it('never ends a line of a request', async () => {
    const { transcript } = await executed(check, scripted(handing('a\r\nX-Evil: 1')).target);
    expect(transcript.entries.at(-1)).toMatchObject({ kind: 'skipped', missing: true });
  });

  it('that the check has sent itself stays readable', async () => {
    const echoing = checkOf(`
      - open: alice
      - { send: probe.echo, name: told, save: { word: error.message } }
      - { send: ping, headers: { x: '\${word}' }, judge: { status: 200 } }
    `);
    const { exchanges } = await executed(
      echoing,
      scripted(({ method, message }) =>
        method === 'tools/call' ? refuse(message, JSON.stringify(message['params']).slice(9, 40)) : undefined,
      ).target,
    );
    const told = exchanges.find(({ step }) => step === '1');
    expect(JSON.stringify(told?.reply)).toContain(told?.asked.nonce ?? 'no nonce');
  });

  it('is that of its own iteration, and behind the repetition that of the last', async () => {
    const repeated = checkOf(`
      - open: alice
      - repeat: 4
        concurrency: 4
        do:
          - { send: ping, save: { id: headers.x-request-id } }
          - { send: tools/list, headers: { x-n: '\${i}', x-id: '\${id}' }, observe: true }
      - { send: ping, headers: { x-n: last, x-id: '\${id}' }, judge: { status: 200 } }
    `);
    let n = 0;
    const { carrier, exchanges } = await executed(
      repeated,
      scripted(({ method, message }) =>
        method === 'ping'
          ? {
              ...plain(200, JSON.stringify({ jsonrpc: '2.0', id: message['id'] ?? null, result: {} }), [
                ['x-request-id', `id-${(n += 1)}`],
              ]),
            }
          : undefined,
      ).target,
    );
    const idOf = (step: string) =>
      replyHeader(exchanges.find((one) => one.step === step)?.reply, 'x-request-id')[0];
    const carried = carrier.arrived.flatMap(({ request: { headers } }) => {
      const at = headers.find(([name]) => name === 'x-n')?.[1];
      return at === undefined ? [] : [[at, headers.find(([name]) => name === 'x-id')?.[1]]];
    });
    expect(carried).toEqual(
      expect.arrayContaining([
        ...[0, 1, 2, 3].map((i) => [String(i), idOf(`1.do.0#${i}`)]),
        ['last', idOf('1.do.0#3')],
      ]),
    );
  });
});
