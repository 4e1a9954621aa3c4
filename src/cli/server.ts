import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Io } from './io.js';
import { Mistake } from './mistake.js';
import { accepts, freePort } from './port.js';
import { parseTarget } from './target.js';

/** A target that we started. */
export interface Server {
  readonly url: URL;
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** For a shell; `{port}` in it is replaced. */
  readonly command: string;
  /** `{port}` in it is replaced too. */
  readonly url: string;
  readonly io: Pick<Io, 'env' | 'onExit'>;
  readonly signal?: AbortSignal;
  readonly startMs?: number;
}

const pollMs = 25;
const graceMs = 2_000;
const remainderMs = 200;
const saysMax = 2_000;

/** Starts the command in a process group of its own and waits until its port accepts a connection. */
export async function startServer({
  command,
  url: text,
  io,
  signal,
  startMs = 20_000,
}: ServerOptions): Promise<Server> {
  const port = await freePort();
  const filled = (template: string) => template.replaceAll('{port}', String(port));
  const url = parseTarget(filled(text));
  if (await accepts(url))
    throw new Mistake(
      `something else listens at ${url.host} already; stop it, or write {port} in the URL`,
      2,
    );
  const child = spawn(filled(command), {
    shell: true,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...io.env, PORT: String(port) },
  });
  const forget = io.onExit(() => kill(child, 'SIGKILL'));
  const stop = async () => {
    await stopGroup(child);
    forget();
  };
  try {
    await untilReady(child, url, startMs, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function untilReady(
  child: ChildProcess,
  url: URL,
  startMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const said = lastWords(child);
  let failed: Error | undefined;
  child.on('error', (error) => (failed = error));
  const until = performance.now() + startMs;
  while (performance.now() < until) {
    if (signal?.aborted) throw new Mistake('interrupted while the server started', 130);
    if (failed) throw new Mistake(`--server could not be started: ${failed.message}`, 2);
    if (child.exitCode !== null || child.signalCode !== null) {
      const how = child.signalCode === null ? `exit code ${child.exitCode}` : child.signalCode;
      // What it said last may still be in the pipe.
      await sleep(pollMs);
      throw new Mistake(`--server ended before it listened (${how})${said()}`, 2);
    }
    if (await accepts(url)) return;
    await sleep(pollMs);
  }
  throw new Mistake(`--server does not listen at ${url.host} after ${startMs / 1000} s${said()}`, 2);
}

/** What the process said last on standard error; reading it also keeps its pipe from filling up. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (text = (text + more).slice(-saysMax)));
  return () => {
    const lines = text.split('\n').map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim());
    const last = lines.filter((line) => line !== '').slice(-3);
    return last.length > 0 ? `; it said: ${last.join(' | ')}` : '; it said nothing';
  };
}

/** Ends the whole group: politely, and after a while not. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (!kill(child, 'SIGTERM')) return;
  let until = performance.now() + graceMs;
  // Every process that inherited the fourth pipe is gone when it closes. That comes sooner than the group's end where nobody
  // reaps orphans, and leaves a moment to those that did not inherit it.
  const lifeline = child.stdio[3];
  if (lifeline instanceof Readable) {
    lifeline.resume().on('close', () => (until = Math.min(until, performance.now() + remainderMs)));
  }
  while (performance.now() < until) {
    if (!kill(child, 0)) return;
    await sleep(pollMs);
  }
  kill(child, 'SIGKILL');
  child.stderr?.destroy();
}

/** False when nobody of the group is left. */
function kill(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}
