/**
 * What many targets cost beside their examination, which is pretended: each has the outcome and the report of the reference.
 *
 *     npm run build && npx tsx bench/many.ts [TARGETS]
 *
 * Needs `redis-server` on PATH, and 400 kB on the disk for each target.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../src/cli/engine.js';
import { jobsOf } from '../src/cli/fleet/job.js';
import type { Work } from '../src/cli/fleet/queue.js';
import { parseRedis } from '../src/cli/fleet/redis.js';
import { onRedis } from '../src/cli/fleet/redis-fleet.js';
import { serveRedis } from '../src/cli/fleet/redis-worker.js';
import { writeSite } from '../src/cli/fleet/site.js';
import { doneIn, filesOf, openStore } from '../src/cli/fleet/store.js';
import { peakOf, redis } from '../src/cli/testing/redis.js';
import { built, node, say, sayMachine, withServer } from './measure.js';

const engine = await createEngine();
const count = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), 'sessionspec-many-'));

async function fleetOf(urls: ReadonlyMap<string, string>) {
  const path = join(folder, 'fleet.yaml');
  const lines = [...urls].map(([name, url]) => `  - { name: ${name}, url: '${url}' }`);
  writeFileSync(path, ['targets:', ...lines].join('\n'));
  const { fleet, problems } = await engine.fleet(path, {});
  if (fleet === undefined) throw new Error(problems.join('\n'));
  return { path, fleet, jobs: jobsOf(fleet, engine) };
}

/** One that was examined. */
async function sample() {
  return withServer([built('fixtures/reference/main.js'), '--port', '0'], async (url) => {
    const { path, jobs } = await fleetOf(new Map([['sample', url]]));
    const site = join(folder, 'sample');
    await node(built('cli.js'), 'fleet', path, '--output', site);
    const [done] = doneIn(site, jobs);
    if (done === undefined) throw new Error('it was not examined');
    return done;
  });
}

async function timed<T>(what: string, use: () => T): Promise<Awaited<T>> {
  const startedMs = performance.now();
  const result = await use();
  say(what, (performance.now() - startedMs) / 1_000, 's');
  return result;
}

try {
  const { outcome, files } = await sample();
  const names = Array.from({ length: count }, (_, at) => `target-${at}`);
  const many = new Map(names.map((name) => [name, `http://127.0.0.1:1/${name}`]));
  const { fleet, jobs } = await timed(`${count} targets: reading the fleet`, () => fleetOf(many));
  const texts = Object.values(files);
  const pretended: Work = (job) => {
    const paths = Object.values(filesOf(job.target));
    const own = Object.fromEntries(paths.map((path, at) => [path, texts[at] ?? '']));
    return Promise.resolve({ outcome: { ...outcome, ...job }, files: own });
  };
  const store = openStore(join(folder, 'site'));
  const server = await redis();
  try {
    const at = parseRedis(server.url, jobs);
    const over = new AbortController();
    const worker = serveRedis(
      at,
      { atOnce: 16, lostAfterMs: 30_000 },
      pretended,
      over.signal,
      () => undefined,
    );
    await timed('handing out, gathering and writing', () =>
      onRedis(at, console.log)(jobs, pretended, store.put, over.signal),
    );
    console.log(`  Redis had ${peakOf(server.url)} at most`);
    over.abort();
    await worker;
  } finally {
    await server.stop();
  }
  await timed('the pages that compare them', () => writeSite(fleet, store.outcomes(), store));
  say('index.html', statSync(join(folder, 'site/index.html')).size / 2 ** 20, 'MiB');
  say(
    'a report',
    Buffer.byteLength(readFileSync(join(folder, 'site', filesOf('target-0').report))) / 1e3,
    'kB',
  );
  say('peak memory, fleet and worker in one', process.resourceUsage().maxRSS / 1024, 'MiB');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
sayMachine();
