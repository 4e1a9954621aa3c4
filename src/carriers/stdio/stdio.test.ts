// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultLimits, type Carrier, type SendOptions, type StdioOptions } from '../../model/carrier.js';
import { isAnsweredBy, messagesIn, type RpcId } from '../../model/message.js';
import type { Reply } from '../../model/reply.js';
import { sessionHeader } from '../../model/session-id.js';
import { createHttp } from '../http/http.js';
import { createStdio } from './stdio.js';

/** What every script begins with: `on` takes each message, `say` writes one. */
const prelude = `
const say = (message) => console.log(JSON.stringify({ jsonrpc: '2.0', ...message }));
const on = (take) => require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => take(JSON.parse(line)));
`;

const carriers: Carrier[] = [];
afterEach(async () => {
  for (const carrier of carriers.splice(0)) await carrier.close();
});

function running(script: string, changes: Partial<StdioOptions> = {}) {
  const carrier = createStdio({
    command: [process.execPath, '-e', prelude + script],
    env: {},
    limits: defaultLimits,
    idPlace: { in: 'meta', key: 'session' },
    ...changes,
  });
  carriers.push(carrier);
  return carrier.connect();
}

const patience = { timeoutMs: 15_000 };
const line = (message: object) => ({
  carrier: 'stdio' as const,
  line: JSON.stringify({ jsonrpc: '2.0', ...message }),
});
const ask = (id: RpcId, method = 'ping') => line({ id, method });
const until = (id: RpcId): SendOptions => ({ ...patience, until: (event) => isAnsweredBy(event, id) });
const dataOf = (reply: Reply) => messagesIn(reply).map(({ value }) => value);

describe('a request', () => {
  it('gets the answer with its id and type, whatever the order', async () => {
    const connection = running(`
      const asked = [];
      on(({ id }) => { asked.push(id); if (asked.length === 3) asked.reverse().forEach((id) => say({ id, result: { id } })); });
    `);
    const ids = [1, '1', 2] as const;
    const replies = await Promise.all(ids.map((id) => connection.send(ask(id), until(id)).settled));
    expect(replies.map(dataOf)).toEqual(ids.map((id) => [{ jsonrpc: '2.0', id, result: { id } }]));
    expect(replies[0]).toMatchObject({ frame: { carrier: 'stdio' }, content: { end: 'complete' } });
  });

  it('may be a batch, which is over with its last answer', async () => {
    const connection = running(`on((batch) => batch.map(({ id }) => say({ id, result: {} })));`);
    const both = JSON.stringify([1, 2].map((id) => ({ jsonrpc: '2.0', id, method: 'ping' })));
    const { settled } = connection.send({ carrier: 'stdio', line: both }, { ...patience, until: 'end' });
    expect(dataOf(await settled)).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  it('is answered by an error that could not tell the id', async () => {
    const connection = running(`on(() => say({ id: null, error: { code: -32700, message: 'no' } }));`);
    expect(dataOf(await connection.send(ask(1), until(1)).settled)).toMatchObject([{ id: null }]);
  });

  it('that is not answered in time is silence, and what comes late belongs to no exchange', async () => {
    const connection = running(`
      on(({ id, method }) => { if (method === 'late') return; if (method === 'now') say({ id: 1, result: {} }); say({ id, result: {} }); });
    `);
    const silent = await connection.send(ask(1, 'late'), { ...until(1), timeoutMs: 1 }).settled;
    expect(silent).toMatchObject({ kind: 'timeout' });
    expect(dataOf(await connection.send(ask(2, 'now'), until(2)).settled)).toMatchObject([{ id: 2 }]);
  });

  it('has no answer to wait for where it is a notification, or is dropped by us', async () => {
    const connection = running(`on(() => 0);`);
    const told = await connection.send(line({ method: 'note' }), { ...patience, until: 'end' }).settled;
    expect(told).toMatchObject({ kind: 'response', content: { events: [], end: 'complete' } });
    const left = connection.send(ask(1), { ...until(1), abortWhenSent: true });
    expect(await left.settled).toMatchObject({ kind: 'aborted' });
  });
});

describe('what answers nothing', () => {
  const script = `on(({ id }) => { say({ method: 'note', params: { id } }); say({ id, result: {} }); });`;

  it('comes on the channel where one is open', async () => {
    const connection = running(script);
    const channel = connection.send({ carrier: 'stdio' }, { ...patience, until: 'head' });
    expect(await channel.settled).toMatchObject({ kind: 'response', content: { events: [], end: 'open' } });
    expect(dataOf(await connection.send(ask(1), until(1)).settled)).toHaveLength(1);
    expect(dataOf(channel.snapshot())).toMatchObject([{ method: 'note' }]);
    channel.abort();
    expect(channel.snapshot()).toMatchObject({ kind: 'response', content: { end: 'aborted' } });
  });

  it('else comes with the request that was made last', async () => {
    expect(dataOf(await running(script).send(ask(1), until(1)).settled)).toMatchObject([
      { method: 'note' },
      { id: 1 },
    ]);
  });

  it('is kept though it is no message', async () => {
    const connection = running(`on(({ id }) => { console.log('ready!'); say({ id, result: {} }); });`);
    expect(await connection.send(ask(1), until(1)).settled).toMatchObject({
      content: { events: [{ data: 'ready!' }, {}] },
    });
  });
});

describe('a process', () => {
  it('that ends is told with its code and its last words', async () => {
    const connection = running(`console.error('out of luck'); on(() => process.exit(7));`);
    const channel = connection.send({ carrier: 'stdio' }, { ...patience, until: 'head' });
    const dropped = { kind: 'dropped', code: 'EXIT', says: 'the process ended with exit code 7' };
    expect(await connection.send(ask(1), until(1)).settled).toEqual(dropped);
    expect(channel.snapshot()).toMatchObject({
      frame: { exit: { code: 7, signal: null } },
      content: { end: 'truncated' },
    });
    expect(connection.ended?.()).toMatchObject({ code: 7, signal: null, stderr: 'out of luck\n' });
    expect(await connection.send(ask(2), until(2)).settled).toEqual(dropped);
  });

  it('that we end is not told', async () => {
    const connection = running(`on(({ id }) => say({ id, result: {} }));`);
    await connection.send(ask(1), until(1)).settled;
    await connection.close();
    expect(connection.ended?.()).toBeUndefined();
    expect(await connection.send(ask(2), until(2)).settled).toMatchObject({ kind: 'aborted' });
  });

  it('that closes its output answers nothing more', async () => {
    const connection = running(`on(() => require('node:fs').closeSync(1));`);
    expect(await connection.send(ask(1), until(1)).settled).toMatchObject({ code: 'CLOSED' });
  });

  it('that cannot be started is told', async () => {
    const connection = running('', { command: ['/nowhere/at/all'] });
    expect(await connection.send(ask(1), until(1)).settled).toMatchObject({ kind: 'dropped', code: 'SPAWN' });
  });

  it('keeps only the end of what it says on standard error', async () => {
    const connection = running(`console.error('x'.repeat(100_000) + 'end'); on(() => process.exit(1));`);
    await connection.send(ask(1), until(1)).settled;
    const stderr = connection.ended?.()?.stderr ?? '';
    expect({ length: stderr.length, end: stderr.slice(-4) }).toEqual({ length: 8 << 10, end: 'end\n' });
  });
});

describe('a bound', () => {
  it('holds for a line', async () => {
    const limits = { ...defaultLimits, bodyMaxBytes: 1_000 };
    const connection = running(`on(() => { for (;;) process.stdout.write('x'.repeat(999)); });`, { limits });
    const reply = await connection.send(ask(1), until(1)).settled;
    expect(reply).toMatchObject({ kind: 'response', content: { events: [], end: 'limit' } });
    expect(await connection.send(ask(2), until(2)).settled).toMatchObject({ code: 'LINE_LIMIT' });
  });

  it('holds for the messages of an exchange', async () => {
    const limits = { ...defaultLimits, eventsMax: 20 };
    const connection = running(`on(() => { for (let i = 0; i < 500; i += 1) say({ method: 'n' }); });`, {
      limits,
    });
    const reply = await connection.send(ask(1), until(1)).settled;
    expect(reply).toMatchObject({ content: { end: 'limit' } });
    expect(dataOf(reply)).toHaveLength(20);
  });
});

describe('nothing is left behind', () => {
  const family = `
    process.on('SIGTERM', () => 0);
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    on(({ id }) => say({ id, result: [process.pid, child.pid] }));
    setInterval(() => 0, 1000);
  `;
  const stubborn = "process.on('SIGTERM', () => 0); console.log('up'); setInterval(() => 0, 1000);";
  const pidsOf = async (connection: ReturnType<typeof running>) => {
    const [answer] = dataOf(await connection.send(ask(1), until(1)).settled);
    return (answer as { readonly result: readonly [number, number] }).result;
  };

  it('by a stubborn process that has a child', async () => {
    const connection = running(family);
    const pids = await pidsOf(connection);
    expect(pids.map(lives)).toEqual([true, true]);
    await connection.close();
    expect(await survivors(pids)).toEqual([]);
  });

  it('where the harness is killed first', async () => {
    const groups = Array.from({ length: 3 }, () =>
      spawn(process.execPath, ['-e', stubborn], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    await Promise.all(groups.map(({ stdout }) => once(stdout, 'data')));
    const pids = groups.flatMap(({ pid }) => pid ?? []);
    const [own = 0, ...watched] = pids;
    const guard = new URL('../../../dist/carriers/stdio/guard.js', import.meta.url);
    const harness = `
      import { startGuard } from ${JSON.stringify(guard.href)};
      const guard = startGuard();
      for (const pid of ${JSON.stringify(pids)}) guard.watch(pid);
      guard.forget(${own});
      process.kill(process.pid, 'SIGKILL');
    `;
    await once(spawn(process.execPath, ['--input-type=module', '-e', harness]), 'exit');
    expect(await survivors(watched)).toEqual([]);
    // What is forgotten may be the number of another by now.
    expect(lives(own)).toBe(true);
    process.kill(-own, 'SIGKILL');
  });

  it('by a process that ends and leaves its child', async () => {
    const connection = running(`
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
      on(({ id }) => { say({ id, result: [process.pid, child.pid] }); setImmediate(() => process.exit(0)); });
    `);
    expect(await survivors(await pidsOf(connection))).toEqual([]);
  });
});

it('what stdio has no line for is not said', () => {
  const carrier = createStdio({
    command: ['true'],
    env: {},
    limits: defaultLimits,
    idPlace: { in: 'meta', key: 'session' },
  });
  const plain = { does: 'message', text: '{"method":"m"}', ids: ['a'], added: [] } as const;
  expect(carrier.frame(plain)).toEqual({
    carrier: 'stdio',
    line: '{"method":"m","params":{"_meta":{"session":"a"}}}',
  });
  expect(carrier.frame({ ...plain, does: 'listen' })).toEqual({ carrier: 'stdio' });
  for (const other of [
    { ...plain, does: 'end' as const },
    { ...plain, resumes: '1' },
    { ...plain, text: '{\n}' },
    { ...plain, http: { headers: { origin: 'x' } } },
  ])
    expect(carrier.frame(other)).toHaveProperty('because');
  expect(() => carrier.connect().send({ carrier: 'http', method: 'GET', headers: [] }, until(1))).toThrow(
    'only lines',
  );
});

it('an id in `_meta` travels over HTTP as well, and may be a member of what stands there', () => {
  const options = { url: new URL('http://target.test/'), headers: [], limits: defaultLimits };
  const plain = { does: 'message', text: '{"method":"m"}', ids: ['a'], added: [] } as const;
  const inMeta = createHttp(options, { in: 'meta', key: 'cookie', member: 'id' }).frame(plain);
  expect(inMeta).toMatchObject({ body: '{"method":"m","params":{"_meta":{"cookie":{"id":"a"}}}}' });
  expect(createHttp(options, sessionHeader).frame(plain)).toMatchObject({ body: plain.text });
});

/** A process that ended and was not collected is none. */
function lives(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function survivors(pids: readonly number[]): Promise<readonly number[]> {
  for (let i = 0; i < 600 && pids.some(lives); i += 1)
    await new Promise((resolve) => setTimeout(resolve, 25));
  return pids.filter(lives);
}
