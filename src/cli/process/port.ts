import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

const connectMs = 1_000;

/** How often a port is tried while it is awaited. */
export const pollMs = 25;

/**
 * A free port of this machine below 32768. From there on the system gives ports to whoever asks for any, so another process could get the
 * same one before the command listens. Rejects where none can be listened at.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < triedMax; tried += 1) {
    const port = randomInt(firstPort, endPort);
    if (await isFree(port)) return port;
  }
  throw new Error(`none of ${triedMax} ports is free`);
}

const [firstPort, endPort] = [20_000, 32_768];
const triedMax = 100;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
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
