import picocolors from 'picocolors';
import type { Io } from './io.js';
import { Mistake, reasonOf } from '../mistake.js';

/** The process, as the command line uses it. */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  stdout.on('error', explained);
  // Where standard error does not work either, only the exit code says it.
  stderr.on('error', () => undefined);
  return {
    out: writerTo(stdout, explained),
    err: writerTo(stderr, () => undefined),
    env,
    colors: picocolors.createColors(isColored(stdout.isTTY, env)),
    columns: columnsOf(stdout, env),
    ...(stderr.isTTY && !env['CI'] && { live: stderr }),
    ...(process.stdin.isTTY && stdout.isTTY && !env['CI'] && { ask }),
    onInterrupt,
    onExit,
  };
}

/** Gives one line of the terminal; its end, or an interrupt, is no answer. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve, reject) => {
    lines.once('close', () => reject(new Mistake('interrupted; nothing was written', 130)));
    lines.question(question, (line) => {
      resolve(line.trim());
      lines.close();
    });
  });
}

/** Pipes report a fault by an event, files by an exception. */
function writerTo(stream: NodeJS.WriteStream, failed: (error: unknown) => void): (text: string) => void {
  return (text) => {
    try {
      stream.write(text);
    } catch (error) {
      failed(error);
    }
  };
}

function explained(error: unknown): void {
  // A reader that has seen enough (`| head`) is no error.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
  throw new Mistake(`standard output cannot be written: ${reasonOf(error)}`, 4);
}

function isColored(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}

/** Where no terminal says how wide it is, COLUMNS may, and a page of a log has room for this. */
function columnsOf({ columns }: { readonly columns?: number }, { COLUMNS }: NodeJS.ProcessEnv): number {
  return columns ?? (Number.parseInt(COLUMNS ?? '', 10) || 120);
}

/** Time to end sessions and write reports. */
const interruptMs = 1_700;

function onInterrupt(interrupted: () => void): () => void {
  let count = 0;
  const handle = () => {
    count += 1;
    if (count > 1) process.exit(130);
    interrupted();
    // Whatever hangs: a person who interrupts is not kept waiting.
    setTimeout(() => process.exit(130), interruptMs).unref();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

export function onExit(exiting: () => void): () => void {
  process.on('exit', exiting);
  return () => void process.off('exit', exiting);
}
