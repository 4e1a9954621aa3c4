import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
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
    ['HTTP/1.1 100 Continue\r\n\r\n', 'UNREADABLE'],
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
  /** Long enough for the first bytes to reach the target on a busy machine: where none did, it has no end to notice. */
  const reachedMs = 500;

  it('passes before the head, and the connection is closed', async () => {
    let isClosed = false;
    const url = await tcpTarget((socket) => socket.once('close', () => (isClosed = true)));
    const reply = await get(connectTo(url), { timeoutMs: reachedMs, until: 'end' });
    expect(reply).toMatchObject({ kind: 'timeout' });
    expect(reply).toHaveProperty(
      'afterMs',
      expect.toSatisfy((afterMs: number) => afterMs > reachedMs - 5),
    );
    await eventually(() => isClosed);
  });

  it('passes before there is a connection, and what there is of it is closed', async () => {
    let isClosed = false;
    const { host } = await tcpTarget((socket) => socket.resume().once('close', () => (isClosed = true)));
    const connection = connectTo(new URL(`https://${host}/`));
    expect(await get(connection, { timeoutMs: reachedMs, until: 'end' })).toMatchObject({ kind: 'timeout' });
    await eventually(() => isClosed);
  });

  it('passes within a body', async () => {
    const url = await tcpTarget((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}'));
    const reply = await get(connectTo(url), { timeoutMs: 50, until: 'end' });
    expect(reply).toMatchObject({ kind: 'response', content: { text: '{}', bytes: 2, end: 'aborted' } });
  });

  it('passes where a request stalls in its body', async () => {
    const url = await tcpTarget(() => {});
    const raw = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{';
    const { settled } = connectTo(url).send(
      { method: 'POST', headers: [], raw },
      { timeoutMs: 50, until: 'end' },
    );
    expect(await settled).toMatchObject({ kind: 'timeout' });
  });
});
