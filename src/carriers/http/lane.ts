import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { Client } from './undici.js';
import { throughProxy } from './proxy.js';
import type { Route } from './route.js';
import { skipContinue, type InterimFilter } from './interim.js';
import { closing, destroyed, queueing, replaceWrites, tracked } from './sockets.js';

/** Carries one exchange at a time, on one socket at a time; a closed one is replaced when it is needed. */
export interface Lane {
  dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** Closes the socket as soon as everything has been written to it. */
  hangUp(): void;
  /** True where the socket failed: an answer that ends with its connection then did not end by itself. */
  isBroken(): boolean;
  /** True where the exchange went over the socket of the one before, and nothing has come since. */
  isUntouched(): boolean;
  /** Why it waits for a connection, where this machine has none left. */
  lacks(): Error | undefined;
  /** True where it had to wait for the connection that it has. */
  hasWaited(): boolean;
  close(): Promise<void>;
}

/**
 * A kept connection may be closed by the target just as it is used again, and then it is unknown whether the request was
 * processed. undici looks for a close before it writes, and never repeats what it has written; the short time makes the
 * rest rare. A target that says how long it keeps connections is believed, less two seconds.
 */
const idleTimeoutMs = 1_000;

/** With a `payload`, the socket carries that in place of what is dispatched. */
export function openLane(route: Route, payload?: Buffer): Lane {
  const sockets = new Set<Socket>();
  const direct = tracked(route.connect, sockets);
  const { connect, ...room } = queueing(
    route.proxy === undefined ? direct : throughProxy(route.proxy, direct),
  );
  let current: Socket | undefined;
  let filter: InterimFilter | undefined;
  let begun: { readonly on: Socket | undefined; readonly readBytes: number } = {
    on: undefined,
    readBytes: 0,
  };

  // Exchanges have their own deadlines, so those of undici are off.
  const client = new Client(route.origin, {
    pipelining: 1,
    keepAliveTimeout: idleTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: route.limits.headersMaxBytes,
    connect: (options, callback) =>
      connect(options, (...result) => {
        const [error, socket] = result;
        if (error === null) {
          current = socket;
          filter = skipContinue(socket);
        }
        if (error === null && payload !== undefined) replaceWrites(socket, payload);
        callback(...result);
      }),
  });

  return {
    dispatch: (request, handler) => {
      filter?.expect();
      begun = { on: current, readBytes: current?.bytesRead ?? 0 };
      client.dispatch(request, handler);
    },
    hangUp: () => current?.destroySoon(),
    isUntouched: () => current !== undefined && current === begun.on && current.bytesRead === begun.readBytes,
    isBroken: () => current !== undefined && current.errored !== null,
    lacks: room.lacks,
    hasWaited: room.hasWaited,
    close: async () => {
      room.close();
      await Promise.all([client.destroy(closing), ...[...sockets].map(destroyed)]);
    },
  };
}
