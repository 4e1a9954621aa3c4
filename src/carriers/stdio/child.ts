import { spawn } from 'node:child_process';
// Not what this process is, but the one way to end a whole group.
import self from 'node:process';
import type { Closing, Ended, StdioOptions } from '../../model/carrier.js';
import { after, nowMs } from '../clock.js';
import type { Guard } from './guard.js';
import { lineReader } from './lines.js';

/** The process of one client. */
export interface Child {
  /** False where it does not listen any more. */
  write(line: string): boolean;
  /** How it ended, once it has, unless we made it end. */
  ended(): Ended | undefined;
  /** Closes its input, waits, and ends it with all that it began. */
  close(withinMs: number): Promise<Closing>;
}

export interface ChildEvents {
  readonly onLine: (line: string) => void;
  /** Once: nothing more will come. */
  readonly onEnd: (why: { readonly code: string; readonly says: string }) => void;
  /** Once: a line grew past its bound. */
  readonly onLimit: () => void;
  readonly guard: Guard | undefined;
}

/** The end of standard error that is kept. */
const stderrMaxBytes = 8 << 10;
/** Time to end when it is asked to by a signal. */
const graceMs = 500;

/** Starts the command in a process group of its own, so that nothing of it is left behind. */
export function startChild(
  { command: [file, ...args], env, limits }: StdioOptions,
  { onLine, onEnd, onLimit, guard }: ChildEvents,
): Child {
  const child = spawn(file, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { ...env } });
  const { pid, stdin, stdout, stderr } = child;
  if (pid !== undefined) guard?.watch(pid);
  let ended: Ended | undefined;
  let isOver = false;
  let isOurs = false;
  let said = Buffer.alloc(0);
  const killGroup = (how: 'SIGTERM' | 'SIGKILL') => {
    if (pid === undefined) return;
    try {
      self.kill(-pid, how);
    } catch {
      // Nothing of it is left.
    }
  };
  const end = (code: string, says: string) => {
    if (isOver) return;
    isOver = true;
    onEnd({ code, says });
  };
  const closed = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      end('SPAWN', `the command could not be started: ${error.message}`);
      resolve();
    });
    child.once('close', () => {
      if (pid !== undefined) guard?.forget(pid);
      end('EXIT', `the process ended ${howOf(child)}`);
      resolve();
    });
  });
  child.once('exit', (code, by) => {
    if (!isOurs) ended = { code, signal: by, atMs: nowMs(), stderr: '' };
    // What it began would hold its pipes open, and outlive it.
    killGroup('SIGKILL');
  });
  const read = lineReader(limits.bodyMaxBytes, onLine);
  stdout.on('data', (chunk: Buffer) => {
    if (isOver || read(chunk)) return;
    isOver = isOurs = true;
    onLimit();
    killGroup('SIGKILL');
  });
  // A process may live on without its output, but says nothing more.
  stdout.once('end', () => {
    void within(closed, graceMs).then((isGone) => isGone || end('CLOSED', 'the process closed its output'));
  });
  stderr.on('data', (chunk: Buffer) => (said = Buffer.concat([said, chunk]).subarray(-stderrMaxBytes)));
  for (const pipe of [stdin, stdout, stderr]) pipe.on('error', () => undefined);
  const words = () => said.toString('utf8');
  const endBy = async (withinMs: number): Promise<Closing['needed']> => {
    stdin.end();
    if (await within(closed, withinMs)) return 'nothing';
    killGroup('SIGTERM');
    if (await within(closed, graceMs)) return 'SIGTERM';
    killGroup('SIGKILL');
    // Something outside the group may have inherited them.
    if (!(await within(closed, graceMs))) for (const pipe of [stdin, stdout, stderr]) pipe.destroy();
    return 'SIGKILL';
  };
  return {
    write: (line) => {
      if (isOver || !stdin.writable) return false;
      stdin.write(`${line}\n`);
      return true;
    },
    ended: () => ended && { ...ended, stderr: words() },
    async close(withinMs) {
      isOurs = true;
      const startedMs = nowMs();
      const needed = await endBy(withinMs);
      const { exitCode: code, signalCode: signal } = child;
      return { needed, code, signal, atMs: nowMs(), afterMs: nowMs() - startedMs, stderr: words() };
    },
  };
}

function howOf({ exitCode, signalCode }: ReturnType<typeof spawn>): string {
  return signalCode === null ? `with exit code ${exitCode}` : `by ${signalCode}`;
}

function within(done: Promise<void>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const late = after(ms, () => resolve(false));
    void done.then(() => {
      late.cancel();
      return resolve(true);
    });
  });
}
