import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What is measured is what is shipped, so everything of ours comes out of `dist/`. */
export function built(path: string): string {
  return fileURLToPath(new URL(`../dist/${path}`, import.meta.url));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

export interface Ended {
  readonly wallMs: number;
  readonly peakMiB: number;
  /** Wall clock at the zero of the process's own clock. */
  readonly originMs: number;
  readonly code: number | null;
  readonly out: string;
}

/** Runs node to its end. */
export async function node(...args: readonly string[]): Promise<Ended> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--require', tellPeak, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  await once(child, 'close');
  const wallMs = performance.now() - startedMs;
  const [, peakKiB = NaN, originMs = NaN] = /peak (\d+) origin ([\d.]+)/.exec(err) ?? [];
  return {
    wallMs,
    peakMiB: Number(peakKiB) / 1024,
    originMs: Number(originMs),
    code: child.exitCode,
    out: out || err,
  };
}

// Node 20 reads these certificates at every start, which takes longer than all of ours.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

const tellPeak = fileURLToPath(new URL('peak.cjs', import.meta.url));

/** Starts a server that prints `listening on URL`, for as long as `use` takes. */
export async function withServer<T>(args: readonly string[], use: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    for await (const line of createInterface(child.stdout)) {
      const url = /listening on (\S+)/.exec(line)?.[1];
      if (url !== undefined) return await use(url);
    }
    throw new Error(`${args.join(' ')} ended before it listened`);
  } finally {
    child.kill();
    await exited;
  }
}

/** One line of a table: what, how much, and the goal with whether it is met. */
export function say(what: string, value: number, unit: string, atMost?: number): void {
  const goal = atMost === undefined ? '' : `  goal ≤ ${atMost}  ${value <= atMost ? 'met' : 'MISSED'}`;
  console.log(
    `  ${what.padEnd(46)} ${value.toFixed(value < 10 ? 2 : 0).padStart(7)} ${unit.padEnd(4)}${goal}`,
  );
}

export function sayMachine(): void {
  console.log(
    `node ${process.version}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
}
