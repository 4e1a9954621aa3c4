import { existsSync } from 'node:fs';
import { given } from '../../load/given.js';
import { atUrl, type StdioAddress } from '../../model/carrier.js';
import { overStdio, type Description, type Hooks } from '../../model/description.js';
import type { ConnectionFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import { connectTo, parseConnection, type Connect, type How } from '../options/request.js';
import { askedStdio } from '../options/stdio.js';
import { parseTarget } from '../options/target.js';
import { visible } from '../../report/visible.js';
import type { Check } from '../../model/suite.js';
import type { Engine, FactsFound } from '../ports.js';

/** A target as the user asked for it, parsed but not yet touched. */
export interface AskedTarget {
  readonly at: AskedUrl | StdioAddress;
  readonly how: How;
}

interface AskedUrl {
  readonly kind: 'http';
  /** With `{port}` where a server is to be started. */
  readonly url: string;
  readonly command?: string;
  /** How to stop and start it, where `command` does not. */
  readonly hooks?: Hooks;
}

/** The command line wins over the description of the target. */
export function parseAsked(
  typed: string | undefined,
  flags: ConnectionFlags,
  target: Description,
  env: Io['env'],
): AskedTarget {
  const stdio = askedStdio(typed, flags, target, env);
  if (stdio !== undefined) return { at: stdio, how: parseConnection(flags, overStdio(target), 'stdio') };
  const { url = target.url, command = target.server } = given({ url: typed, command: commandOf(flags) });
  if (url === undefined) {
    const here = existsSync('sessionspec.yaml') ? 'sessionspec.yaml, which lies here' : 'FILE with a `url`';
    throw new Mistake(
      `name the server: a URL, --stdio 'COMMAND', or --config ${here}; see sessionspec --help`,
    );
  }
  if (command === undefined && url.includes('{port}')) throw new Mistake('{port} in the URL needs --server');
  // With any port, to see whether the rest is right.
  const address = parseTarget(url.replaceAll('{port}', '1'));
  const hooks = command === undefined ? target.hooks : undefined;
  const how = parseConnection(flags, target);
  refuseSame(address, how.replicas);
  return { at: { kind: 'http', url, ...given({ command, hooks }) }, how };
}

// One node under two names would seem to share all sessions.
function refuseSame(url: URL, replicas: readonly URL[] = []): void {
  const same = replicas.find(({ origin, pathname }) => origin === url.origin && pathname === url.pathname);
  if (same !== undefined)
    throw new Mistake(`the replica ${same.href} is the server itself; name another node with --replica`);
}

/** The command of `--server`; an unset variable of the shell leaves nothing of it. */
export function commandOf({ server }: Pick<ConnectionFlags, 'server'>): string | undefined {
  if (server?.trim() === '')
    throw new Mistake('--server is empty; give the command that starts the server, or leave it out');
  return server;
}

/** Does something with a target. Starts it first where the command line says how, and always stops it then. */
export async function withTarget<T>(
  { at, how }: AskedTarget,
  io: Io,
  use: (connect: Connect, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = new AbortController();
  const forget = io.onInterrupt(() => interrupt.abort());
  try {
    if (at.kind === 'stdio') return await use(connectTo(at, how, io.env), interrupt.signal);
    const { url, command, hooks } = at;
    if (command === undefined) {
      const there = parseTarget(url);
      const operator = hooks && (await import('./hooks.js')).operatorOf(hooks, there, io.env);
      return await use(connectTo(atUrl(there), { ...how, ...given({ operator }) }, io.env), interrupt.signal);
    }
    const { startServer } = await import('./server.js');
    const server = await startServer({
      command,
      url,
      io,
      signal: interrupt.signal,
      tell: (says) => io.err(`${visible(says)}\n`),
    });
    try {
      const { url: address, operator } = server;
      return await use({ ...connectTo(atUrl(address), how, io.env), operator }, interrupt.signal);
    } finally {
      await server.stop();
    }
  } finally {
    forget();
  }
}

export type Discovered = Extract<FactsFound, { readonly kind: 'found' }>;

/** What a target offers, for each revision: all, or what these checks need. Throws a Mistake where it cannot be examined, or at an interrupt. */
export function discovered(
  asked: AskedTarget,
  io: Io,
  engine: Engine,
  checks?: readonly Check[],
): Promise<Discovered> {
  return withTarget(asked, io, async (connect, signal) => {
    const found = await engine.facts({ ...connect, signal }, checks);
    if (signal.aborted) throw new Mistake('interrupted', 130);
    if (found.kind === 'unusable') throw new Mistake(visible(found.sentence), 2);
    return found;
  });
}
