import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Reply, StreamEvent } from '../../model/reply.js';
import type { Connection, Limits } from '../../model/carrier.js';
import { connectTo, eventually, get, hangsAfterMs, httpTarget, whole } from './testing/stand.js';

const type = { 'content-type': 'Text/Event-Stream; charset=utf-8' };

async function streaming(
  write: (response: ServerResponse) => void,
  limits: Partial<Limits> = {},
): Promise<Connection> {
  const url = await httpTarget((_request, response) => {
    response.writeHead(200, type).flushHeaders();
    write(response);
  });
  return connectTo(url, { limits });
}

function eventsOf(reply: Reply): readonly Omit<StreamEvent, 'atMs'>[] {
  if (reply.kind !== 'response' || reply.content.kind !== 'stream') throw new Error(JSON.stringify(reply));
  return reply.content.events.map(({ atMs: _atMs, ...event }) => event);
}

function fails(): never {
  throw new Error('a bug');
}

function inPieces(response: ServerResponse, bytes: Buffer): void {
  if (bytes.length === 0) return void response.end();
  response.write(bytes.subarray(0, 3), () => setImmediate(() => inPieces(response, bytes.subarray(3))));
}

afterEach(() => void vi.useRealTimers());

describe('a stream', () => {
  it('is read in pieces of any size', async () => {
    const text =
      '\ufeff: hello\r\nid: 1\r\ndata:\r\n\r\nevent: message\ndata: {"é":\ndata: "✓"}\n\ndata: cut off';
    const connection = await streaming((response) => inPieces(response, Buffer.from(text)));
    const reply = await get(connection);
    expect(eventsOf(reply)).toEqual([
      { id: '1', data: '' },
      { event: 'message', data: '{"é":\n"✓"}' },
    ]);
    expect(reply).toMatchObject({ content: { end: 'complete' } });
  });

  it.each([1, 2, 5, 1_000])('may end its lines with CR alone, in pieces of %i', async (bytes) => {
    const text = 'id: 1\rdata: a\r\rdata: b\r\n\r\ndata: c\ndata: d\r\r';
    let response: ServerResponse | undefined;
    const connection = await streaming((opened) => (response = opened));
    const call = connection.send(
      { carrier: 'http', method: 'GET', headers: [] },
      { ...whole, until: 'head' },
    );
    await call.settled;
    for (let at = 0; at < text.length; at += bytes) {
      response?.write(text.slice(at, at + bytes));
      await new Promise((resolve) => setImmediate(resolve));
    }
    // The last one has come though the stream goes on.
    expect(await call.waitFor((reply) => eventsOf(reply).length === 3, hangsAfterMs)).toBe(true);
    expect(eventsOf(call.snapshot())).toEqual([{ id: '1', data: 'a' }, { data: 'b' }, { data: 'c\nd' }]);
  });

  it('tells a retry with its event, the next, or alone at the end', async () => {
    const connection = await streaming((response) =>
      response.end('id: 1\nretry: 10\ndata:\n\nretry: 20\n\ndata: a\n\nretry: 30\n\n'),
    );
    expect(eventsOf(await get(connection))).toEqual([
      { id: '1', data: '', retryMs: 10 },
      { data: 'a', retryMs: 20 },
      { data: '', retryMs: 30 },
    ]);
  });

  it('settles at its head, stays open and grows', async () => {
    let response: ServerResponse | undefined;
    const connection = await streaming((opened) => (response = opened));
    const call = connection.send(
      { carrier: 'http', method: 'GET', headers: [] },
      { timeoutMs: hangsAfterMs, until: 'head' },
    );
    expect(await call.settled).toMatchObject({ content: { kind: 'stream', events: [], end: 'open' } });
    response?.write('data: a\n\n');
    expect(await call.waitFor((reply) => eventsOf(reply).length === 1, hangsAfterMs)).toBe(true);
    const before = call.snapshot();
    response?.end('data: b\n\n');
    expect(await call.waitFor((reply) => eventsOf(reply).length === 2, hangsAfterMs)).toBe(true);
    await eventually(() => JSON.stringify(call.snapshot()).includes('complete'));
    expect(eventsOf(before)).toEqual([{ data: 'a' }]);
    expect(await call.waitFor(() => false, 60_000)).toBe(false);
  });

  it('settles at the first event that is asked for', async () => {
    const connection = await streaming((response) => response.write('data: a\n\ndata: b\n\ndata: c\n\n'));
    const call = connection.send(
      { carrier: 'http', method: 'POST', headers: [] },
      { timeoutMs: hangsAfterMs, until: ({ data }) => data === 'b' },
    );
    const reply = await call.settled;
    expect(eventsOf(reply)).toEqual([{ data: 'a' }, { data: 'b' }]);
    expect(reply).toMatchObject({ content: { end: 'open' } });
    call.abort();
    expect(call.snapshot()).toMatchObject({ content: { events: { length: 3 }, end: 'aborted' } });
  });

  it('is dropped at its deadline with what has come', async () => {
    let isClosed = false;
    const connection = await streaming((response) => {
      response.on('close', () => (isClosed = true)).write('data: a\n\n');
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const call = connection.send(
      { carrier: 'http', method: 'GET', headers: [] },
      { timeoutMs: 50, until: () => false },
    );
    await eventually(() => JSON.stringify(call.snapshot()).includes('"a"'));
    vi.advanceTimersByTime(50);
    const reply = await call.settled;
    expect(reply).toMatchObject({ content: { events: [{ data: 'a' }], end: 'aborted' } });
    await eventually(() => isClosed);
  });

  it.each([
    ['events without end', { eventsMax: 100 }, 'data: x\n\n', 100],
    ['an event without end', { bodyMaxBytes: 10_000 }, 'data: x\n', 0],
    ['a line without end', { bodyMaxBytes: 10_000 }, 'data: x', 0],
    ['more than is kept of a stream', { bodyMaxBytes: 10 }, 'data: xxx\n\n', 3],
  ])('is given up at %s', async (_says, limits, part, count) => {
    const connection = await streaming((response) => {
      const more = () =>
        void (response.destroyed || response.write(part.repeat(50), () => setImmediate(more)));
      more();
    }, limits);
    const reply = await get(connection);
    expect(reply).toMatchObject({ content: { end: 'limit' } });
    expect(eventsOf(reply)).toHaveLength(count);
  });

  it('takes nothing more once it has been aborted, even by the one who looks at an event', async () => {
    const connection = await streaming((response) => response.end('data: a\n\ndata: b\n\nretry: 1\n\n'));
    const call = connection.send(
      { carrier: 'http', method: 'GET', headers: [] },
      { timeoutMs: hangsAfterMs, until: () => (call.abort(), true) },
    );
    expect(await call.settled).toMatchObject({ content: { events: [{ data: 'a' }], end: 'aborted' } });
    expect(await get(connection)).toMatchObject({ content: { events: { length: 3 }, end: 'complete' } });
    expect(call.snapshot()).toMatchObject({ content: { events: { length: 1 }, end: 'aborted' } });
  });

  it('is none where the status says failure', async () => {
    const url = await httpTarget((_request, response) => response.writeHead(404, type).end('data: a\n\n'));
    expect(await get(connectTo(url))).toMatchObject({ content: { kind: 'body', text: 'data: a\n\n' } });
  });

  it('passes on a fault of the one who asks', async () => {
    const connection = await streaming((response) => response.end('data: a\n\n'));
    await expect(get(connection, { timeoutMs: hangsAfterMs, until: fails })).rejects.toThrow('a bug');
  });
});
