import { createServer } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../model/reply.js';
import type { Connection, SendOptions, Turn } from '../../model/carrier.js';
import {
  connectTo,
  eventually,
  get,
  hangsAfterMs,
  httpTarget,
  listening,
  tcpTarget,
  whole,
} from './testing/stand.js';

const unused = new URL('http://192.0.2.1/');

function failsAtResponse({ kind }: Reply): boolean {
  if (kind === 'response') throw new Error('a bug');
  return false;
}

function count(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((_error, connections) => resolve(connections)));
}

/** Answers 200, and says how many connections have ever been made. */
async function counted(): Promise<{ connection: Connection; server: Server; made: () => number }> {
  let made = 0;
  const listener = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
  listener.on('connection', () => (made += 1));
  const { server, port } = await listening(listener);
  return { connection: connectTo(new URL(`http://127.0.0.1:${port}/`)), server, made: () => made };
}

const ends = (socket: Socket): void => void socket.destroy();
const denied: Turn = async () => 'budget';

/** Answers the first request of a connection and does something else at the second. */
async function second(then: (socket: Socket) => void) {
  const arrived: number[] = [];
  const listener = createTcpServer({ noDelay: true }, (socket) => {
    arrived.push(0);
    const own = arrived.length - 1;
    socket.on('data', () => {
      arrived[own] = (arrived[own] ?? 0) + 1;
      if (arrived[own] === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      else then(socket);
    });
  });
  const { port } = await listening(listener);
  const connection = connectTo(new URL(`http://127.0.0.1:${port}/`));
  await get(connection);
  let turns = 0;
  const turn: Turn = async () => {
    turns += 1;
    return undefined;
  };
  const send = (options: Partial<SendOptions> = { turn }) => {
    const call = connection.send({ carrier: 'http', method: 'GET', headers: [] }, { ...whole, ...options });
    return call.settled.then((reply) => ({ reply, earlier: call.earlier?.() }));
  };
  return { send, arrived, turns: () => turns };
}

describe('a request on a kept connection that ends before any byte of an answer', () => {
  it('goes again on a new one, once it is its turn, and that is told', async () => {
    const { send, arrived, turns } = await second(ends);
    const { reply, earlier } = await send();
    expect(reply).toMatchObject({ kind: 'response', frame: { status: 200 } });
    expect(earlier).toMatchObject([{ kind: 'dropped' }]);
    expect([arrived, turns()]).toEqual([[2, 1], 1]);
  });

  it('is not risked any more where many end so', async () => {
    const { send, arrived } = await second(ends);
    for (let i = 0; i < 6; i += 1) expect((await send()).reply.kind).toBe('response');
    // Three of them; from there each has a connection of its own.
    expect(arrived).toEqual([2, 2, 2, 1, 1, 1, 1]);
  });

  it('does not where it may not', async () => {
    for (const options of [{}, { turn: denied }]) {
      const { send, arrived } = await second(ends);
      const { reply, earlier } = await send(options);
      expect(reply.kind).toBe('dropped');
      expect([earlier, arrived]).toEqual([[], [2]]);
    }
  });

  it.each(['HTTP/1.1 200 OK\r\nX-Begun: ', 'no HTTP\r\n\r\n'])(
    'does not where bytes have come: %j',
    async (bytes) => {
      const { send, arrived } = await second((socket) => socket.end(bytes));
      expect((await send()).reply.kind).toBe('dropped');
      expect(arrived).toEqual([2]);
    },
  );
});

describe('a connection', () => {
  it('is kept between requests', async () => {
    const { connection, made } = await counted();
    for (let sent = 0; sent < 5; sent += 1) await get(connection);
    expect(made()).toBe(1);
  });

  it('is one more wherever requests overlap', async () => {
    const { connection, made } = await counted();
    await Promise.all([get(connection), get(connection), get(connection)]);
    expect(made()).toBe(3);
  });

  it('is made again where the target closed it before a request was written', async () => {
    const sockets: Socket[] = [];
    const { connection, server, made } = await counted();
    server.on('connection', (socket: Socket) => sockets.push(socket));
    await get(connection);
    // From here the reset is read before the next request is written.
    await new Promise((resolve) => setImmediate(resolve));
    sockets[0]?.resetAndDestroy();
    expect(await get(connection)).toMatchObject({ kind: 'response', frame: { status: 200 } });
    expect(made()).toBe(2);
  });

  it('leaves no socket behind when it is closed', async () => {
    const { connection, server } = await counted();
    await Promise.all([get(connection), get(connection)]);
    await connection.send({ carrier: 'http', method: 'GET', headers: [['X-Id', '\x7f']] }, whole).settled;
    await connection.close();
    await eventually(async () => (await count(server)) === 0);
    expect(await count(server)).toBe(0);
  });

  it('ends what is under way when it is closed', async () => {
    const url = await httpTarget((request, response) => {
      if (request.method === 'GET')
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    });
    const connection = connectTo(url);
    const stream = connection.send(
      { carrier: 'http', method: 'GET', headers: [] },
      { timeoutMs: hangsAfterMs, until: 'head' },
    );
    await stream.settled;
    const silent = connection.send({ carrier: 'http', method: 'POST', headers: [] }, whole);
    const watching = stream.waitFor(() => false, 60_000);
    await connection.close();
    expect(await silent.settled).toMatchObject({ kind: 'aborted' });
    expect(stream.snapshot()).toMatchObject({ content: { end: 'aborted' } });
    expect(await watching).toBe(false);
    expect(await get(connection)).toMatchObject({ kind: 'aborted' });
  });

  it.each(['TLS', 'proxy'])('can be closed before it is made (%s)', async (way) => {
    let isClosed = false;
    let isReached = false;
    const { origin, host } = await tcpTarget((socket) => {
      isReached = true;
      socket.resume().once('close', () => (isClosed = true));
    });
    const connection =
      way === 'TLS' ? connectTo(new URL(`https://${host}`)) : connectTo(unused, { proxy: origin });
    const call = connection.send({ carrier: 'http', method: 'GET', headers: [] }, whole);
    await eventually(() => isReached);
    await connection.close();
    expect(await call.settled).toMatchObject({ kind: 'aborted' });
    await eventually(() => isClosed);
  });

  it('can be left as soon as a request is written', async () => {
    let bytes = 0;
    let isClosed = false;
    const url = await tcpTarget((socket, first) => {
      bytes = first.length;
      socket.on('data', (more) => (bytes += more.length)).once('close', () => (isClosed = true));
    });
    const request = { carrier: 'http' as const, method: 'POST', headers: [], body: 'x'.repeat(5 << 20) };
    const reply = await connectTo(url).send(request, { ...whole, abortWhenSent: true }).settled;
    expect(reply).toMatchObject({ kind: 'aborted' });
    await eventually(() => isClosed);
    expect(bytes).toBeGreaterThan(5 << 20);
  });

  it('says so where a request that was to be left could not be written', async () => {
    const { server, port } = await listening(createServer());
    await new Promise((resolve) => server.close(resolve));
    const connection = connectTo(new URL(`http://127.0.0.1:${port}/`));
    const { settled } = connection.send(
      { carrier: 'http', method: 'GET', headers: [] },
      { ...whole, abortWhenSent: true },
    );
    expect(await settled).toMatchObject({ kind: 'dropped', code: 'ECONNREFUSED' });
  });

  it('goes on after an exchange on it was aborted', async () => {
    const url = await httpTarget(
      (request, response) => void (request.method === 'GET' && response.end('{}')),
    );
    const connection = connectTo(url);
    const call = connection.send({ carrier: 'http', method: 'POST', headers: [], body: '{}' }, whole);
    call.abort();
    expect(await call.settled).toMatchObject({ kind: 'aborted' });
    expect(await get(connection)).toMatchObject({ kind: 'response', frame: { status: 200 } });
  });
});

describe('waiting for something', () => {
  it('is over at the deadline', async () => {
    const url = await httpTarget(() => {});
    const call = connectTo(url).send({ carrier: 'http', method: 'GET', headers: [] }, whole);
    expect(call.snapshot()).toMatchObject({ kind: 'timeout' });
    expect(await call.waitFor((reply) => reply.kind === 'response', 30)).toBe(false);
    expect(await call.waitFor((reply) => reply.kind === 'timeout', 30)).toBe(true);
  });

  it('passes on a fault of the one who asks', async () => {
    const url = await httpTarget((_request, response) => response.end());
    const call = connectTo(url).send({ carrier: 'http', method: 'GET', headers: [] }, whole);
    await expect(call.waitFor(failsAtResponse, hangsAfterMs)).rejects.toThrow('a bug');
    expect(await call.settled).toMatchObject({ frame: { status: 200 } });
  });
});
