import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

const connectMs = 1_000;

/** How often a port is tried while it is awaited. */
export const pollMs = 25;

/**
 * A port of this machine that is free now. Systems hand out ports from 32768 on to whoever asks for any, so that one of those may be
 * another's before the command listens; below, only a few are taken, and none by chance.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < triedMax; tried += 1) {
    const port = await listenOnce(randomInt(firstPort, lastPort));
    if (port !== undefined) return port;
  }
  throw new Error('no port is free');
}

const [firstPort, lastPort] = [20_000, 32_768];
const triedMax = 100;

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

/** Whether the address accepts connections. */
export function accepts({ hostname, port, protocol }: URL): Promise<boolean> {
  const host = hostname.replaceAll(/[[\]]/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)) });
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.setTimeout(connectMs, () => settle(false));
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
