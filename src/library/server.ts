import { env as processEnv } from 'node:process';
import { given } from '../load/given.js';
import type { Operator } from '../model/run.js';

/** How a server is started. */
export interface ServerRequest {
  /** A command for a shell; `{port}` in it becomes a free port, which is also in `PORT`. */
  readonly command: string;
  /** Where it will answer; `{port}` likewise. */
  readonly url: string;
  /** The variables of its environment; those of this process if not given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How long it has to answer, in milliseconds; 20,000 if not given. */
  readonly startMs?: number;
  /** Gives up waiting for it. */
  readonly signal?: AbortSignal;
}

/** A server that was started, until it is stopped. */
export interface StartedServer {
  readonly url: URL;
  /** Handed to `run` as `operator`, it makes the checks of restarts run. */
  readonly operator: Operator;
  /** Ends it with all its children; resolves when they are gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server in a process group of its own and resolves when it answers. Rejects with a `Mistake` that has the last words of the
 * command where it ends, or does not answer in time. It ends with this process at the latest.
 */
export async function startServer({
  command,
  url,
  env,
  startMs,
  signal,
}: ServerRequest): Promise<StartedServer> {
  const [server, { onExit }] = await Promise.all([
    import('../cli/process/server.js'),
    import('../cli/output/process-io.js'),
  ]);
  const io = { env: env ?? processEnv, onExit };
  return server.startServer({ command, url, io, ...given({ startMs, signal }) });
}
