import type { ConnectionFlags } from './flags.js';
import type { Io } from './io.js';
import { Mistake } from './mistake.js';
import { connectTo, parseConnection } from './request.js';
import type { Connect } from './request.js';
import { parseTarget } from './target.js';

/** A target as it was asked for, understood but not touched. */
export interface AskedTarget {
  /** With `{port}` where a server is to be started. */
  readonly url: string;
  readonly command?: string;
  readonly how: Omit<Connect, 'url' | 'proxy'>;
}

export function parseAsked(url: string, flags: ConnectionFlags): AskedTarget {
  const { server: command } = flags;
  if (command === undefined && url.includes('{port}')) throw new Mistake('{port} in the URL needs --server');
  // Any port will do to find out whether the rest is right.
  parseTarget(url.replaceAll('{port}', '1'));
  return { url, how: parseConnection(flags), ...(command !== undefined && { command }) };
}

/** Does something with a target: starts it first where the command line says how, and stops it whatever happens. */
export async function withTarget<T>(
  { url, command, how }: AskedTarget,
  io: Io,
  use: (connect: Connect, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  try {
    if (command === undefined) return await use(connectTo(parseTarget(url), how, io.env), interrupt.signal);
    const { startServer } = await import('./server.js');
    const server = await startServer({ command, url, io, signal: interrupt.signal });
    try {
      const { url: address, operator } = server;
      return await use({ ...connectTo(address, how, io.env), operator }, interrupt.signal);
    } finally {
      await server.stop();
    }
  } finally {
    forget();
  }
}
