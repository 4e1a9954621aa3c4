/**
 * Renders a run of all checks in every format, and each by itself:
 *
 *     npm run build && npx tsx bench/formats.ts [run.ndjson]
 *
 * Without a recording it makes one of a mutant that fails many checks, on a server of its own. Exits with 1 where all formats together take
 * more computing time than they may, in the first round of a process, as a run meets them.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import picocolors from 'picocolors';
import type * as engines from '../src/cli/engine.js';
import type * as table from '../src/report/index.js';
import type * as reading from '../src/report/read-run.js';
import type * as rendering from '../src/report/renderer.js';
import { built, median, node, say, sayMachine, withServer } from './measure.js';

const allowedMs = 500;
const rounds = 15;

const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(built(path)).href)) as T;

sayMachine();
const { readRun } = await load<typeof reading>('report/read-run.js');
const { createEngine } = await load<typeof engines>('cli/engine.js');
const { renderers, reporterNames } = await load<typeof table>('report/index.js');
const { allParts } = await load<typeof rendering>('report/renderer.js');

const recorded = await readRun(
  process.argv[2] === undefined ? await record() : readFileSync(process.argv[2], 'utf8'),
);
const run = (await createEngine()).asJudged(recorded);
const { findings, results } = run.report;
console.log(`${results.length} results, ${findings.length} findings`);
const options = {
  colors: picocolors.createColors(false),
  again: { url: run.report.target.url, options: [] },
  columns: 120,
  verbose: true,
};

/** All parts of a format, with what it takes to load its code. */
async function render(name: table.ReporterName, one = run): Promise<number> {
  let chars = 0;
  for (const part of allParts(renderers[name])) chars += (await (await part.load())(one, options)).length;
  return chars;
}

/** Computing time, which other load of the machine does not lengthen much. */
async function timed(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

// What is made once for all formats is made in each round.
const fresh = () => ({ ...run, report: { ...run.report } });
const all = async () => {
  const one = fresh();
  for (const name of reporterNames) await render(name, one);
};
const firstMs = await timed(all);
const times = new Map(reporterNames.map((name) => [name, [] as number[]]));
const together: number[] = [];

for (let round = 0; round < rounds; round += 1) {
  together.push(await timed(all));
  for (const name of reporterNames) times.get(name)?.push(await timed(() => render(name, fresh())));
}
for (const [name, values] of times)
  say(`${name}, ${Math.round((await render(name)) / 1024)} KiB`, median(values), 'ms');
say('all formats, warm', median(together), 'ms');
say('all formats, warm / report.json', median(together) / median(times.get('json') ?? []), '×');
say('all formats, the first time, with their code', firstMs, 'ms', allowedMs);
process.exit(firstMs > allowedMs ? 1 : 0);

async function record(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-formats-'));
  try {
    await withServer(
      [built('fixtures/reference/main.js'), '--port', '0', '--mutant', 'zombie-after-delete'],
      async (url) => {
        await node(built('cli.js'), 'run', url, '--output', folder);
      },
    );
    return readFileSync(join(folder, 'run.ndjson'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
