import { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { isOwnCode } from '../../model/reply.js';
import { after } from '../clock.js';
import { codeOf, HttpError } from './dropped.js';
import { afterRefusal, hasRoom, takeRoom, whenRoom } from './room.js';

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
    const giveBack = takeRoom();
    const late = after(connectTimeoutMs, () =>
      socket.destroy(new HttpError('CONNECT_TIMEOUT', 'no connection could be made in time')),
    );
    socket.once('connect', late.cancel).once('close', () => {
      late.cancel();
      giveBack();
      open.delete(socket);
    });
  };
}

/** A connection that is not accepted is given up after this, even if the deadline of its request is later. */
const connectTimeoutMs = 10_000;

/** Connections that wait for their turn where the machine has none left. */
export interface Queueing {
  readonly connect: Connector;
  /** Why there is none yet; undefined where the machine is not what holds it up. */
  readonly lacks: () => Error | undefined;
  /** True where the last one had to be waited for. */
  readonly hasWaited: () => boolean;
  readonly close: () => void;
}

export function queueing(connect: Connector): Queueing {
  let refusal: Error | undefined;
  let hasWaited = false;
  let isClosed = false;
  /** Ends the wait with an error, while there is one. */
  let giveUp: () => void = nothing;
  const begin: Connector = (options, callback) => {
    const wait = (why: Error, takeBack: () => void) => {
      refusal = why;
      hasWaited = true;
      giveUp = () => {
        takeBack();
        callback(why, null);
      };
    };
    const go = () => {
      giveUp = nothing;
      connect(options, (...result) => {
        const [error] = result;
        if (error !== null && !isClosed && isOwnCode(codeOf(error))) return wait(error, afterRefusal(queue));
        refusal = undefined;
        callback(...result);
      });
    };
    const queue = () => (hasRoom() ? go() : wait(refusal ?? noRoom, whenRoom(go)));
    hasWaited = false;
    queue();
  };
  return {
    connect: begin,
    lacks: () => refusal,
    hasWaited: () => hasWaited,
    close() {
      isClosed = true;
      giveUp();
    },
  };
}

function nothing(): void {}

const noRoom = Object.assign(new Error('too many open files'), { code: 'EMFILE' });

/** Destroyed with an error, because without one undici would go on waiting for a socket that is still connecting. */
export function destroyed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) return resolve();
    socket.once('close', () => resolve());
    socket.destroy(closing);
  });
}

/** One for all: to write down where it was made takes longer than to close a socket, and nobody reads it. */
export const closing = new Error('closed by the harness');

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
