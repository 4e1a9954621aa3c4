import type { ConnectionFlags } from './flags.js';
import type { Io } from './io.js';
import { Mistake } from './mistake.js';
import { connectTo, parseConnection } from './request.js';
import type { Connect } from './request.js';
import { parseTarget } from './target.js';

/** Does something with a target: starts it first where `--server` says how, and stops it whatever happens. */
export async function withTarget<T>(
  text: string,
  flags: ConnectionFlags,
  io: Io,
  use: (connect: Connect, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const parsed = parseConnection(flags);
  const { server: command } = flags;
  if (command === undefined && text.includes('{port}')) throw new Mistake('{port} in the URL needs --server');
  const url = parseTarget(text.replaceAll('{port}', '1'));
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  try {
    if (command === undefined) return await use(connectTo(url, parsed, io.env), interrupt.signal);
    const { startServer } = await import('./server.js');
    const server = await startServer({ command, url: text, io, signal: interrupt.signal });
    try {
      return await use(connectTo(server.url, parsed, io.env), interrupt.signal);
    } finally {
      await server.stop();
    }
  } finally {
    forget();
  }
}
