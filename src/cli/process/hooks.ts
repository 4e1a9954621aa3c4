import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending, Operator } from '../../model/run.js';
import type { Hooks } from '../../model/description.js';
import type { Io } from '../output/io.js';
import { accepts, pollMs } from './port.js';
import { answersHttp } from './ready.js';

const hookMs = 20_000;

/** Stops and starts a target by commands of the user. Whether it runs shows at its port: a hook may end before or after that. */
export function operatorOf(hooks: Hooks, url: URL, env: Io['env'], withinMs = hookMs): Operator {
  const ends = async (command: string, endMs: number) => {
    const hook = startHook(command, env);
    const ended = await until(async () => !(await accepts(url)), endMs);
    // The hook may have something left to do after the target ended.
    if (ended) await until(async () => hook.over(), withinMs);
    hook.end();
    return ended;
  };
  const kill = async (): Promise<Ending> => ((await ends(hooks.kill, withinMs)) ? 'killed' : 'running');
  return {
    kill,
    async stop(stopMs) {
      return (await ends(hooks.stop, stopMs)) ? 'ended' : kill();
    },
    async start() {
      const hook = startHook(hooks.start, env);
      let listens = false;
      await until(async () => (listens = await accepts(url)) || hook.failed(), withinMs);
      if (listens) await until(() => answersHttp(url), withinMs);
      // A hook that still runs is the target itself, unless the target never listened.
      if (!listens) hook.end();
      return listens
        ? { answers: true }
        : { answers: false, says: `nothing listens at ${url.host} after the hook` };
    },
  };
}

/** True once the test holds, false after a while. */
async function until(holds: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (await holds()) return true;
    await sleep(pollMs);
  }
  return false;
}

interface Hook {
  readonly over: () => boolean;
  /** True once it has ended with an error. */
  readonly failed: () => boolean;
  /** Ends it if it still runs, with its children. */
  readonly end: () => void;
}

function startHook(command: string, env: Io['env']): Hook {
  const child = spawn(command, { shell: true, detached: true, stdio: 'ignore', env });
  let failed = false;
  child.on('error', () => (failed = true)).on('exit', (code) => (failed ||= code !== 0));
  child.unref();
  const over = () => failed || child.exitCode !== null || child.signalCode !== null;
  return {
    over,
    failed: () => failed,
    end() {
      if (child.pid === undefined || over()) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended by itself in the meantime.
      }
    },
  };
}
