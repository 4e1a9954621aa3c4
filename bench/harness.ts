import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Report } from '../src/model/report.js';
import { built } from './measure.js';

export interface Ended {
  readonly exit: number | null;
  readonly tookMs: number;
  readonly out: string;
  readonly err: string;
  readonly report?: Report;
}

interface Conditions {
  /** The most file descriptors that it may have open. */
  readonly descriptors?: number;
  /** What is done to it while it runs. */
  readonly during?: (child: ChildProcess) => Promise<void>;
}

/** Runs the harness as it is built, with a report as JSON besides the others, to its end. */
export async function harness(
  args: readonly string[],
  { descriptors, during }: Conditions = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-bench-'));
  const startedMs = performance.now();
  const words = [built('cli.js'), ...args, '--output', folder];
  const limited = ['-c', `ulimit -n ${descriptors}; exec "$@"`, 'sh', process.execPath, ...words];
  const [file, given] = descriptors === undefined ? [process.execPath, words] : ['sh', limited];
  const child = spawn(file, given, { stdio: ['ignore', 'pipe', 'pipe'] });
  // A stopped process ends neither with its parent nor by a signal that it could hear.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  try {
    const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    await during?.(child);
    const [out, err] = await ended;
    const report = reportIn(folder);
    const tookMs = performance.now() - startedMs;
    return { exit: child.exitCode, tookMs, out, err, ...(report && { report }) };
  } finally {
    process.off('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportIn(folder: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
