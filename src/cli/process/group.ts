import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Io } from '../output/io.js';
import { pollMs } from './port.js';

/** A command with all that it started: its process group, and on Linux also those that left the group. */
export interface Group {
  readonly child: ChildProcess;
  /** By SIGTERM, and after `withinMs` by SIGKILL. False where it had to be killed. */
  readonly end: (withinMs: number) => Promise<boolean>;
  /** At once and without waiting, for the end of our own process. */
  readonly killNow: () => void;
}

const remainderMs = 200;
const markName = 'SESSIONSPEC_STARTED';

/** Starts a command of a shell. What it starts is ended with it, even if this process is killed and can end nothing itself. */
export function startGroup(command: string, env: Io['env']): Group {
  const mark = randomUUID();
  const child = spawn(command, {
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...env, [markName]: mark },
  });
  const guard = guardOf(child, mark);
  const killNow = () => {
    signalTo(child, 'SIGKILL');
    killMarked(mark);
    guard?.stdin?.end('ended\n');
  };
  return {
    child,
    killNow,
    async end(withinMs) {
      const isOver = await endChild(child, withinMs);
      killNow();
      return isOver;
    },
  };
}

async function endChild(child: ChildProcess, withinMs: number): Promise<boolean> {
  if (!signalTo(child, withinMs > 0 ? 'SIGTERM' : 'SIGKILL')) return true;
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
    if (!signalTo(child, 0)) return true;
    await sleep(pollMs);
  }
  signalTo(child, 'SIGKILL');
  child.stderr?.destroy();
  child.stdout?.destroy();
  return isOver;
}

/** False when no process of the group is left. */
function signalTo({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** A process that opened a session of its own (`setsid`) is in another group, but has the environment that it was given. Linux shows it. */
function killMarked(mark: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      if (environment.includes(`${markName}=${mark}`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It belongs to another user, or is gone.
    }
  }
}

/**
 * Ends the group when this process is killed: the pipe to the guard closes then. Told that all is over, it does nothing.
 */
function guardOf({ pid }: ChildProcess, mark: string): ChildProcess | undefined {
  if (pid === undefined || process.platform === 'win32') return undefined;
  const guard = spawn('/bin/sh', ['-c', guarding, 'guard', String(pid), `${markName}=${mark}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  guard.on('error', () => undefined);
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  return guard;
}

const guarding = `read -r over && exit 0
kill -s KILL -- "-$1" 2>/dev/null
for file in /proc/[0-9]*/environ; do
  if grep -qsF "$2" "$file"; then
    pid=\${file#/proc/}
    kill -s KILL "\${pid%/environ}" 2>/dev/null
  fi
done`;
