import picocolors from 'picocolors';
import type { Io } from './io.js';

/** The process as the command line sees it. */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    // A reader that has seen enough (`| head`) is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    colors: picocolors.createColors(isColored(stdout.isTTY, env)),
    ...(stderr.isTTY && !env['CI'] && { live: stderr }),
    onInterrupt,
    onExit,
  };
}

function isColored(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}

function onInterrupt(interrupted: () => void): () => void {
  let count = 0;
  const handle = () => {
    count += 1;
    if (count > 1) process.exit(130);
    interrupted();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

function onExit(exiting: () => void): () => void {
  process.on('exit', exiting);
  return () => void process.off('exit', exiting);
}
