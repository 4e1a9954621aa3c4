import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../process/port.js';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis server of our own, which keeps nothing; for tests. */
export async function redis(): Promise<{ readonly url: string; readonly stop: () => Promise<unknown> }> {
  const port = await freePort();
  const words = `--port ${port} --bind 127.0.0.1 --appendonly no --save`.split(' ');
  const child = spawn('redis-server', [...words, ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = () => child.kill('SIGKILL');
  process.once('exit', forget);
  for await (const line of createInterface(child.stdout)) if (line.includes('Ready to accept')) break;
  child.stdout.resume();
  const stop = async () => {
    process.off('exit', forget);
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** The most memory that it had. */
export function peakOf(url: string): string {
  const says = spawnSync('redis-cli', ['-u', url, 'info', 'memory'], { encoding: 'utf8' }).stdout;
  return /used_memory_peak_human:(\S+)/.exec(says)?.[1] ?? 'an unknown amount';
}
