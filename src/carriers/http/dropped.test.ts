import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpRequest } from '../../model/framing.js';
import type { Reply } from '../../model/reply.js';
import type { Connection } from '../../model/carrier.js';
import { connectTo, eventually, get, listening, tcpTarget } from './testing/stand.js';

describe('an exchange without an answer', () => {
  it('is refused where nothing listens', async () => {
    const { server, port } = await listening(createServer());
    await new Promise((resolve) => server.close(resolve));
    const reply = await get(connectTo(new URL(`http://127.0.0.1:${port}/`)));
    expect(reply).toMatchObject({ kind: 'dropped', code: 'ECONNREFUSED' });
  });

  it('is reset', async () => {
    const url = await tcpTarget((socket) => socket.resetAndDestroy());
    expect(await get(connectTo(url))).toMatchObject({ kind: 'dropped', code: 'ECONNRESET' });
  });

  it.each([
    ['', 'CLOSED'],
    ['HTTP/1.1 200 OK\r\nX-Begun: ', 'CLOSED'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'HTTP_PARSER'],
    ['HTTP/1.1 200 OK\r\nbad header\r\n\r\n', 'HTTP_PARSER'],
    ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', 'UNREADABLE'],
    ['HTTP/1.1 100 Continue\r\n\r\n', 'CLOSED'],
    ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(101), 'INTERIM_FLOOD'],
    [`HTTP/1.1 100 Continue\r\nx: ${'y'.repeat(20_000)}`, 'INTERIM_FLOOD'],
    [`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}`, 'HEADERS_OVERFLOW'],
    ['HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(200), 'INTERIM_FLOOD'],
  ])('is dropped after %j', async (bytes, code) => {
    const url = await tcpTarget((socket) => socket.end(bytes));
    expect(await get(connectTo(url))).toMatchObject({ kind: 'dropped', code });
  });

  it('is dropped at headers without end', async () => {
    let isClosed = false;
    const url = await tcpTarget((socket) => {
      socket.once('close', () => (isClosed = true)).write('HTTP/1.1 200 OK\r\n');
      const more = () =>
        void (socket.destroyed || socket.write('X-A: b\r\n'.repeat(100), () => setImmediate(more)));
      more();
    });
    expect(await get(connectTo(url))).toMatchObject({ kind: 'dropped', code: 'HEADERS_OVERFLOW' });
    await eventually(() => isClosed);
  });
});

describe('a deadline', () => {
  const timeoutMs = 1_000;
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  /** What becomes of a request whose deadline passes as soon as something has happened. */
  async function passed(
    connection: Connection,
    happened: (reply: Reply) => boolean,
    request: HttpRequest = { carrier: 'http', method: 'GET', headers: [] },
  ): Promise<Reply> {
    const call = connection.send(request, { timeoutMs, until: 'end' });
    await eventually(() => happened(call.snapshot()));
    vi.advanceTimersByTime(timeoutMs);
    return call.settled;
  }

  it('passes before the head, and the connection is closed', async () => {
    const at = { reached: false, closed: false };
    const url = await tcpTarget((socket) => {
      at.reached = true;
      socket.once('close', () => (at.closed = true));
    });
    expect(await passed(connectTo(url), () => at.reached)).toMatchObject({
      kind: 'timeout',
      afterMs: timeoutMs,
    });
    await eventually(() => at.closed);
  });

  it('passes before there is a connection, and what there is of it is closed', async () => {
    const at = { reached: false, closed: false };
    const { host } = await tcpTarget((socket) => {
      at.reached = true;
      socket.resume().once('close', () => (at.closed = true));
    });
    const connection = connectTo(new URL(`https://${host}/`));
    expect(await passed(connection, () => at.reached)).toMatchObject({ kind: 'timeout' });
    await eventually(() => at.closed);
  });

  it('passes within a body', async () => {
    const url = await tcpTarget((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'));
    const reply = await passed(connectTo(url), (sofar) => JSON.stringify(sofar).includes('{}'));
    expect(reply).toMatchObject({ kind: 'response', content: { text: '{}', bytes: 2, end: 'aborted' } });
  });

  it('passes where a request stalls in its body', async () => {
    const at = { reached: false };
    const url = await tcpTarget(() => (at.reached = true));
    const raw = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{';
    const request = { carrier: 'http' as const, method: 'POST', headers: [], raw };
    expect(await passed(connectTo(url), () => at.reached, request)).toMatchObject({ kind: 'timeout' });
  });
});
