import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Content, Reply } from '../../model/reply.js';
import type { SendOptions, Limits } from '../../model/carrier.js';
import { connectTo, eventually, get, hangsAfterMs, httpTarget, tcpTarget, whole } from './testing/stand.js';

const head = 'HTTP/1.1 200 OK\r\n';

async function answered(bytes: string, limits: Partial<Limits> = {}): Promise<Reply> {
  const url = await tcpTarget((socket) => socket.end(bytes, 'latin1'));
  return get(connectTo(url, { limits }));
}

async function contentOf(bytes: string, limits: Partial<Limits> = {}): Promise<Content> {
  const reply = await answered(bytes, limits);
  if (reply.kind !== 'response') throw new Error(JSON.stringify(reply));
  return reply.content;
}

describe('an answer', () => {
  it('keeps order, case, repetition and every byte of its fields', async () => {
    const fields =
      'X-b: 1\r\nMCP-Session-ID: caf\xe9\xff\r\nx-a: \r\nmcp-session-id: two\r\nContent-Length: 2\r\n';
    expect(await answered(`${head}${fields}\r\n{}`)).toEqual({
      kind: 'response',
      frame: {
        carrier: 'http',
        status: 200,
        headers: [
          ['X-b', '1'],
          ['MCP-Session-ID', 'caf\xe9\xff'],
          ['x-a', ''],
          ['mcp-session-id', 'two'],
          ['Content-Length', '2'],
        ],
      },
      content: { kind: 'body', text: '{}', bytes: 2, end: 'complete' },
    });
  });

  it('is a redirect where the target redirects, and is not followed', async () => {
    let requests = 0;
    const url = await httpTarget((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await get(connectTo(url))).toMatchObject({ kind: 'response', frame: { status: 307 } });
    expect(requests).toBe(1);
  });

  it.each([
    ['is cut off by the end of the connection', 'Content-Length: 9\r\n\r\n{}', '{}'],
    ['has a chunk with no length', 'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n', '{}'],
    ['lacks its last chunk', 'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n', '{}'],
    ['has endless trailers', `Transfer-Encoding: chunked\r\n\r\n0\r\n${'X: y\r\n'.repeat(20_000)}`, ''],
  ])('is truncated where it %s', async (_says, rest, text) => {
    expect(await contentOf(head + rest)).toMatchObject({ text, end: 'truncated' });
  });

  // The reset has to come by itself: libuv takes data and reset in one for data and an ordinary end.
  it.each(['Content-Length: 9', 'Connection: close'])(
    'is truncated where it is reset (%s)',
    async (field) => {
      let target: Socket | undefined;
      const url = await tcpTarget((socket) => void (target = socket).write(`${head}${field}\r\n\r\n{}`));
      const call = connectTo(url).send({ carrier: 'http', method: 'GET', headers: [] }, whole);
      await call.waitFor((reply) => reply.kind === 'response', hangsAfterMs);
      await eventually(() => JSON.stringify(call.snapshot()).includes('{}'));
      target?.resetAndDestroy();
      expect(await call.settled).toMatchObject({
        kind: 'response',
        content: { text: '{}', end: 'truncated' },
      });
    },
  );

  it('is cut where it announced less than it sends, and the rest is not taken for another', async () => {
    const url = await tcpTarget((socket) => socket.write(`${head}Content-Length: 2\r\n\r\n{}and more`));
    const connection = connectTo(url);
    expect(await get(connection)).toMatchObject({ content: { text: '{}', end: 'complete' } });
    expect(await get(connection)).toMatchObject({ content: { text: '{}', end: 'complete' } });
  });

  it('may be HTTP/1.0 and end with the connection', async () => {
    expect(await contentOf('HTTP/1.0 200 OK\r\n\r\n{"a":1}')).toMatchObject({
      text: '{"a":1}',
      end: 'complete',
    });
  });

  it('follows a few interim ones', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'.repeat(3);
    expect(await contentOf(`${interim}${head}Content-Length: 2\r\n\r\n{}`)).toMatchObject({ text: '{}' });
  });

  it.each([1, 7, 10_000])('follows 100 that nobody asked for, in pieces of %i', async (bytes) => {
    const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Go on\r\nx: y\r\n\r\n${head}Content-Length: 2\r\n\r\n{}`;
    const url = await tcpTarget((socket) => {
      const write = (at: number) =>
        void (at < text.length
          ? socket.write(text.slice(at, at + bytes), () => setImmediate(write, at + bytes))
          : socket.once('data', () => write(0)));
      write(0);
    });
    const connection = connectTo(url);
    const answer = { frame: { status: 200 }, content: { text: '{}', end: 'complete' } };
    expect(await get(connection)).toMatchObject(answer);
    // On the same socket.
    expect(await get(connection)).toMatchObject(answer);
  });

  it('does not have the blanks behind the values of its fields', async () => {
    expect(await answered(`${head}x-id: a b \t \r\nContent-Length: 2 \r\n\r\n{}`)).toMatchObject({
      frame: {
        headers: [
          ['x-id', 'a b'],
          ['Content-Length', '2'],
        ],
      },
    });
  });

  it('may come before the request is complete', async () => {
    const url = await tcpTarget((socket) => socket.resume().write(`${head}Content-Length: 2\r\n\r\n{}`));
    const request = { carrier: 'http' as const, method: 'POST', headers: [], body: ' '.repeat(4 << 20) };
    const { settled } = connectTo(url).send(request, whole);
    expect(await settled).toMatchObject({ kind: 'response', content: { text: '{}' } });
  });
});

describe('a body', () => {
  it('is marked where it is not UTF-8', async () => {
    const content = await contentOf(`${head}Content-Length: 3\r\n\r\na\xffb`);
    expect(content).toEqual({ kind: 'body', text: 'a\ufffdb', bytes: 3, garbled: true, end: 'complete' });
  });

  it('keeps its beginning and a digest where it is long, and no half character', async () => {
    const bytes = Buffer.from('é'.repeat(1_000));
    const content = await contentOf(`${head}Content-Length: 2000\r\n\r\n${bytes.toString('latin1')}`, {
      bodyKeptBytes: 9,
    });
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(content).toEqual({ kind: 'body', text: 'éééé', bytes: 2_000, digest, end: 'complete' });
  });

  it('keeps as much of it as a request asks for', async () => {
    const url = await httpTarget((_request, response) => response.end('x'.repeat(1_000)));
    const connection = connectTo(url, { limits: { bodyKeptBytes: 9 } });
    const keptBy = async (more: Partial<SendOptions>) => {
      const reply = await get(connection, { ...whole, ...more });
      return reply.kind === 'response' && reply.content.kind === 'body' ? reply.content.text.length : 0;
    };
    expect([await keptBy({ bodyKeptBytes: 2_000 }), await keptBy({})]).toEqual([1_000, 9]);
  });

  it('is given up where it has no end', async () => {
    const url = await httpTarget((_request, response) => {
      const more = () =>
        void (response.destroyed || response.write('x'.repeat(1 << 16), () => setImmediate(more)));
      more();
    });
    const limits = { bodyMaxBytes: 300_000, bodyKeptBytes: 10 };
    const digest = createHash('sha256').update('x'.repeat(300_000)).digest('hex');
    expect(await get(connectTo(url, { limits }))).toMatchObject({
      content: { text: 'xxxxxxxxxx', bytes: 300_000, digest, end: 'limit' },
    });
  });

  it('stays compressed', async () => {
    const bomb = gzipSync(Buffer.alloc(16 << 20));
    const url = await httpTarget((request, response) => {
      const headers = { 'content-encoding': 'gzip', 'x-asked': String(request.headers['accept-encoding']) };
      response.writeHead(200, headers).end(bomb);
    });
    const reply = await get(connectTo(url));
    expect(reply).toMatchObject({ content: { bytes: bomb.length, garbled: true, end: 'complete' } });
    expect(reply).toHaveProperty('frame.headers', expect.arrayContaining([['x-asked', 'undefined']]));
  });
});
