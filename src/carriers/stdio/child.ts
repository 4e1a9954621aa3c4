import { spawn } from 'node:child_process';
// Not what this process is, but the one way to end a whole group.
import self from 'node:process';
import type { Ended, StdioOptions } from '../../model/carrier.js';
import { after, nowMs } from '../clock.js';
import { StringDecoder } from 'node:string_decoder';

/** The process of one client. */
export interface Child {
  /** False where it does not listen any more. */
  write(line: string): boolean;
  /** How it ended, once it has, unless we made it end. */
  ended(): Ended | undefined;
  /** Closes its input, waits, and ends it with all that it began. */
  close(): Promise<void>;
}

export interface ChildEvents {
  readonly onLine: (line: string) => void;
  /** Once: nothing more will come. */
  readonly onEnd: (why: { readonly code: string; readonly says: string }) => void;
  /** Once: a line grew past its bound. */
  readonly onLimit: () => void;
}

/** The end of standard error that is kept. */
const stderrMaxBytes = 8 << 10;
/** Time to end by itself once its input is closed, and again when it is asked to. */
const graceMs = 500;

/** Starts the command in a process group of its own, so that nothing of it is left behind. */
export function startChild(
  { command: [file, ...args], env, limits, onExit }: StdioOptions,
  { onLine, onEnd, onLimit }: ChildEvents,
): Child {
  const child = spawn(file, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { ...env } });
  const { stdin, stdout, stderr } = child;
  let ended: Ended | undefined;
  let isOver = false;
  let isOurs = false;
  let said = Buffer.alloc(0);
  const killGroup = (how: 'SIGTERM' | 'SIGKILL') => {
    if (child.pid === undefined) return;
    try {
      self.kill(-child.pid, how);
    } catch {
      // Nothing of it is left.
    }
  };
  const forget = onExit(() => killGroup('SIGKILL'));
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
      forget();
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
  return {
    write: (line) => {
      if (isOver || !stdin.writable) return false;
      stdin.write(`${line}\n`);
      return true;
    },
    ended: () => ended && { ...ended, stderr: said.toString('utf8') },
    async close() {
      isOurs = true;
      stdin.end();
      if (await within(closed, graceMs)) return;
      killGroup('SIGTERM');
      if (await within(closed, graceMs)) return;
      killGroup('SIGKILL');
      if (await within(closed, graceMs)) return;
      // Something outside the group has inherited them.
      for (const pipe of [stdin, stdout, stderr]) pipe.destroy();
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

/** Cuts a stream of bytes into lines. False once one is longer than `maxBytes`; nothing after that is wanted. */
function lineReader(maxBytes: number, onLine: (line: string) => void): (chunk: Buffer) => boolean {
  const decoder = new StringDecoder('utf8');
  const parts: string[] = [];
  let bytes = 0;
  return (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      parts.push(decoder.write(chunk.subarray(from, at)));
      from = at + 1;
      bytes = 0;
      const line = parts.splice(0).join('').replace(/\r$/, '');
      if (line !== '') onLine(line);
    }
    bytes += chunk.length - from;
    if (bytes > maxBytes) return false;
    if (from < chunk.length) parts.push(decoder.write(chunk.subarray(from)));
    return true;
  };
}

const newline = 10;
