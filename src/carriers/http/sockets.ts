import { Socket } from 'node:net';
import type { buildConnector } from 'undici';

type Connector = buildConnector.connector;

/**
 * Knows every socket from its first moment, so that none outlives its lane. undici's connector returns the socket that it
 * is about to connect, which its types leave out. Its `servername` follows the Host header; the name in the handshake has to
 * stay that of the URL, or a forged Host could not be tried over TLS.
 */
export function tracked(connect: Connector, open: Set<Socket>): Connector {
  return ({ servername: _fromHostHeader, ...options }, callback) => {
    const socket: unknown = connect(options, callback);
    if (!(socket instanceof Socket)) return;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
}

/** Destroyed with an error, because without one undici would go on waiting for a socket that is still connecting. */
export function destroyed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    socket.once('close', () => resolve());
    socket.destroy(new Error('closed by the harness'));
  });
}

/**
 * Sends these bytes in place of what undici writes. It is given a stand-in without a body, so it writes once; what it
 * might write after that is not for the target.
 */
export function replaceWrites(socket: Socket, payload: Buffer): void {
  const write = socket.write.bind(socket);
  let isWritten = false;
  socket.write = () => {
    if (isWritten) return true;
    isWritten = true;
    return write(payload);
  };
}
