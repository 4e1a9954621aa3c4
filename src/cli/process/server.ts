import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending, Operator } from '../../model/run.js';
import type { Io } from '../output/io.js';
import { Mistake } from '../mistake.js';
import { accepts, freePort, pollMs } from './port.js';
import { parseTarget } from '../options/target.js';

/** A target that the command line started, and may stop and start again. */
export interface Server {
  readonly url: URL;
  readonly operator: Operator;
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

const graceMs = 2_000;
const remainderMs = 200;
const lastWordsMs = 500;
const closeMs = 2_000;
const saysMax = 2_000;

/** Starts the command in a process group of its own, as often as `start` is called, and waits until its port accepts a connection. */
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
      `another process listens at ${url.host} already; stop it, or write {port} in the URL`,
      2,
    );
  let child: ChildProcess | undefined;
  const forget = io.onExit(() => child && kill(child, 'SIGKILL'));
  const start = async () => {
    child = spawn(filled(command), {
      shell: true,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...io.env, PORT: url.port || String(port) },
    });
    await untilReady(child, url, startMs, signal);
  };
  const end = async (withinMs: number) => child === undefined || endGroup(child, withinMs);
  const stop = async () => {
    await end(graceMs);
    forget();
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  // The process that listens may be a child of the command, and a killed process frees its port a moment later.
  const ending = async (how: Ending) => ((await closes(url)) ? how : 'running');
  const operator: Operator = {
    stop: async (withinMs) => ((await end(withinMs)) ? ending('ended') : ending('killed')),
    kill: async () => {
      await end(0);
      return ending('killed');
    },
    start: () =>
      start().then(
        () => true,
        () => false,
      ),
  };
  return { url, operator, stop };
}

async function untilReady(
  child: ChildProcess,
  url: URL,
  startMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const said = lastWordsOf(child);
  let failed: Error | undefined;
  child.on('error', (error) => (failed = error));
  const until = performance.now() + startMs;
  while (performance.now() < until) {
    if (signal?.aborted) throw new Mistake('interrupted while the server started', 130);
    if (failed) throw new Mistake(`--server could not be started: ${failed.message}`, 2);
    if (child.exitCode !== null || child.signalCode !== null) {
      const how = child.signalCode === null ? `exit code ${child.exitCode}` : child.signalCode;
      await lastWordsHeard(child);
      throw new Mistake(`--server ended before it listened (${how})${said()}`, 2);
    }
    if (await accepts(url)) return;
    await sleep(pollMs);
  }
  throw new Mistake(`--server does not listen at ${url.host} after ${startMs / 1000} s${said()}`, 2);
}

/** The last words of a process may still be in its pipe, which a child of its own may hold open. */
async function lastWordsHeard({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null || stderr.closed) return;
  await Promise.race([new Promise((resolve) => stderr.once('close', resolve)), sleep(lastWordsMs)]);
}

/** False where a process goes on listening. */
async function closes(url: URL): Promise<boolean> {
  const until = performance.now() + closeMs;
  while (await accepts(url)) {
    if (performance.now() > until) return false;
    await sleep(pollMs);
  }
  return true;
}

/** The first and the last lines of standard error: the cause mostly comes first, a summary last. Reading also keeps the pipe from filling up. */
function lastWordsOf(child: ChildProcess): () => string {
  let [head, tail] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    if (head.length < saysMax) head += more.slice(0, saysMax - head.length);
    tail = (tail + more).slice(-saysMax);
  });
  return () => {
    const [first] = linesOf(head);
    if (first === undefined) return '; it wrote nothing to standard error';
    const lines = linesOf(tail);
    const last = lines.slice(lines.at(-4) === first ? -4 : -3);
    // Node prints the place of a throw before the error itself, and a stack behind it.
    const cause = lines.find((line) => /\b\w*(Error|Exception)\b.*:/.test(line)) ?? first;
    return `; it wrote: ${[...(last.includes(cause) ? [] : [cause, '…']), ...last].join(' | ')}`;
  };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim());
  return lines.filter((line) => line !== '');
}

/** Ends the whole group: by SIGTERM, and after `withinMs` by SIGKILL. False where it had to be killed. */
async function endGroup(child: ChildProcess, withinMs: number): Promise<boolean> {
  if (!kill(child, withinMs > 0 ? 'SIGTERM' : 'SIGKILL')) return true;
  let until = performance.now() + withinMs;
  let isOver = false;
  // Every process that inherited the fourth pipe is gone when it closes. That comes sooner than the group's end where orphans are not
  // reaped, and leaves a moment to those that did not inherit it.
  const lifeline = child.stdio[3];
  if (lifeline instanceof Readable) {
    lifeline.resume().on('close', () => {
      isOver = true;
      until = Math.min(until, performance.now() + remainderMs);
    });
  }
  while (performance.now() < until) {
    if (!kill(child, 0)) return true;
    await sleep(pollMs);
  }
  kill(child, 'SIGKILL');
  child.stderr?.destroy();
  return isOver;
}

/** False when no process of the group is left. */
function kill(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}
