/**
 * Hands targets to workers by a queue on a real Redis server, with workers killed or interrupted all the time, and shows that each result is there once:
 *
 *     npm run build && npx tsx bench/queue.ts [--targets 200] [--workers 4] [--kill-every 20] [--compared 60] [--small]
 *
 * The targets are our mutants. Needs `redis-server` on PATH. Exits with 1 where a result is missing or was told twice, or where the queue
 * takes more than 1.2 times as long as the same work, `--compared` targets of it, in one process a core.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { peakOf, redis } from '../src/cli/testing/redis.js';
import type { Outcome } from '../src/model/fleet.js';
import { loadCatalogue } from '../src/load/index.js';
import { built, sayMachine, withServer } from './measure.js';

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: '200' },
    workers: { type: 'string', default: '4' },
    'kill-every': { type: 'string', default: '20' },
    compared: { type: 'string', default: '60' },
    small: { type: 'boolean', default: false },
  },
});
const targets = values.small ? 4 : Number(values.targets);
const compared = Math.min(targets, Number(values.compared));
const workers = values.small ? 2 : Number(values.workers);
const folder = mkdtempSync(join(tmpdir(), 'sessionspec-queue-'));
const processes = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of processes) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function started(file: string, args: readonly string[]): ChildProcess {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  processes.add(child);
  child.once('exit', () => processes.delete(child));
  return child;
}

/** Workers that are there until they are stopped; `kill` ends one of them at random and starts another. Each second one is interrupted instead. */
function crew(url: string, fleet: string, of: number) {
  const start = () => {
    const child = started(process.execPath, [
      built('cli.js'),
      'worker',
      fleet,
      '--queue',
      url,
      '--jobs',
      '1',
      '--lost-after',
      '5',
    ]);
    child.stdout?.resume();
    child.stderr?.resume();
    return child;
  };
  const all = Array.from({ length: of }, start);
  let kills = 0;
  return {
    kill() {
      const at = Math.floor(Math.random() * of);
      kills += 1;
      all[at]?.kill(kills % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
      all[at] = start();
    },
    stop() {
      for (const child of all) child.kill('SIGKILL');
    },
  };
}

interface Ran {
  readonly tookMs: number;
  /** How often each target was told. */
  readonly told: ReadonlyMap<string, number>;
  readonly written: number;
}

async function ranFleet(
  name: string,
  fleet: string,
  flags: readonly string[],
  heard = () => {},
): Promise<Ran> {
  const site = join(folder, name);
  const startedMs = performance.now();
  const words = [built('cli.js'), 'fleet', fleet, '--output', site, '--reporter', 'ndjson', ...flags];
  const child = started(process.execPath, words);
  if (child.stdout === null || child.stderr === null) throw new Error('it has both');
  child.stderr.pipe(process.stderr);
  const told = new Map<string, number>();
  for await (const line of createInterface(child.stdout)) {
    const { target, kind } = JSON.parse(line) as { target?: string; kind: string };
    if (target === undefined || kind !== 'examined') continue;
    told.set(target, (told.get(target) ?? 0) + 1);
    heard();
  }
  const outcomes = readdirSync(join(site, 'data')).map(
    (file) => JSON.parse(readFileSync(join(site, 'data', file), 'utf8')) as Outcome,
  );
  const written = outcomes.filter(({ kind }) => kind === 'examined').length;
  for (const outcome of outcomes)
    if (outcome.kind !== 'examined') console.log(`  ${outcome.target}: ${outcome.says}`);
  return { tookMs: performance.now() - startedMs, told, written };
}

const isOnce = ({ told, written }: Ran, of: number) =>
  told.size === of && written === of && [...told.values()].every((count) => count === 1);

/** So many of the mutants, from all over their list. */
function fleetOf(origin: string, of: number): string {
  const served = loadCatalogue().mutants.filter((mutant) => mutant.of !== 'stdio');
  if (of > served.length) throw new Error(`there are ${served.length} mutants to be served`);
  const some = Array.from({ length: of }, (_, at) => served[Math.floor((at * served.length) / of)]?.name);
  const lines = some.map((name) => `  - { name: ${name}, url: '${origin}/${name}/queue/mcp' }`);
  const path = join(folder, `fleet-${of}.yaml`);
  writeFileSync(path, ['targets:', ...lines].join('\n'));
  return path;
}

const failures: string[] = [];
await withServer([built('fixtures/mutants/servers.js'), '--port', '0'], async (address) => {
  const { origin } = new URL(address);
  const server = await redis();
  try {
    if (!values.small) {
      const cores = availableParallelism();
      const some = fleetOf(origin, compared);
      const parts = Array.from({ length: cores }, (_, at) =>
        ranFleet(`plain-${at}`, some, ['--shard', `${at + 1}/${cores}`, '--jobs', '1']),
      );
      const plainMs = Math.max(...(await Promise.all(parts)).map(({ tookMs }) => tookMs));
      const calm = crew(server.url, some, cores);
      const queued = await ranFleet('calm', some, ['--queue', server.url]);
      calm.stop();
      const ratio = queued.tookMs / plainMs;
      console.log(
        `  ${compared} targets: one process a core ${Math.round(plainMs / 1_000)} s, by the queue ${Math.round(queued.tookMs / 1_000)} s: ${ratio.toFixed(2)} times`,
      );
      if (!isOnce(queued, compared))
        failures.push('a result is missing, or was told twice, where nothing was killed');
      if (ratio > 1.2) failures.push('the queue takes more than 1.2 times as long');
    }
    const all = fleetOf(origin, targets);
    const restless = crew(server.url, all, workers);
    let kills = 0;
    const kill = () => {
      restless.kill();
      kills += 1;
    };
    // In small, a worker dies whenever a result has come, while the others are at work.
    const killing = values.small ? undefined : setInterval(kill, 1_000 * Number(values['kill-every']));
    const ran = await ranFleet('killed', all, ['--queue', server.url], values.small ? kill : undefined);
    clearInterval(killing);
    restless.stop();
    const twice = [...ran.told.values()].filter((count) => count > 1).length;
    console.log(
      `  ${ran.told.size} of ${targets} targets examined, ${twice} told twice, in ${Math.round(ran.tookMs / 1_000)} s, with ${kills} workers killed or interrupted; Redis had ${peakOf(server.url)} at most`,
    );
    if (!isOnce(ran, targets))
      failures.push('a result is missing, or was told twice, where workers were killed');
  } finally {
    await server.stop();
  }
});
sayMachine();
for (const failure of failures) console.log(`FAILED: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
