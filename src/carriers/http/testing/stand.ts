import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach } from 'vitest';
import type { Reply } from '../../../model/reply.js';
import type { Connection, SendOptions, Limits, HttpOptions } from '../../../model/carrier.js';
import { defaultLimits } from '../../../model/carrier.js';
import { createHttp } from '../http.js';

/** What comes does come; this only keeps a test from waiting for ever. */
export const hangsAfterMs = 60_000;

export const whole: SendOptions = { timeoutMs: hangsAfterMs, until: 'end' };

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Listens on a free port of 127.0.0.1 until the test is over. */
export async function listening<S extends Server>(server: S): Promise<{ server: S; port: number }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  return { server, port: address.port };
}

export async function httpTarget(listener: RequestListener): Promise<URL> {
  const { port } = await listening(createHttpServer(listener));
  return new URL(`http://127.0.0.1:${port}/mcp`);
}

/** A target that does what it likes with each connection, once the first bytes of a request have come. */
export async function tcpTarget(onRequest: (socket: Socket, bytes: Buffer) => void): Promise<URL> {
  const { port } = await listening(
    createServer({ noDelay: true }, (socket) => socket.once('data', (bytes) => onRequest(socket, bytes))),
  );
  return new URL(`http://127.0.0.1:${port}/mcp`);
}

type Extra = Partial<Omit<HttpOptions, 'url' | 'limits'>> & { readonly limits?: Partial<Limits> };

export function connectTo(url: URL, { limits, ...extra }: Extra = {}): Connection {
  const carrier = createHttp({ url, headers: [], ...extra, limits: { ...defaultLimits, ...limits } });
  cleanups.push(() => carrier.close());
  return carrier.connect();
}

export function get(connection: Connection, options: SendOptions = whole): Promise<Reply> {
  return connection.send({ carrier: 'http', method: 'GET', headers: [] }, options).settled;
}

/** Resolves once `holds`, looked at between turns of the event loop; the test's own timeout bounds it. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
