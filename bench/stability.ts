/**
 * Examines the reference again and again with one seed and reports every verdict that changed; ends with 1 if any did.
 *
 *     npx tsx bench/stability.ts [RUNS] [--scales 1,2,5] [--no-load] [--seed N] [--mutant NAME]
 *
 * RUNS (200 if not given) are spread evenly over the time scales, each once on quiet cores and once with every core busy.
 */
import { atUrl } from '../src/model/carrier.js';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type * as library from '../src/index.js';
import type { Result } from '../src/model/report.js';
import type * as RunModule from '../src/run/run.js';
import { built, median, say, sayMachine, withServer } from './measure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scales: { type: 'string', default: '1,2,5' },
    'no-load': { type: 'boolean', default: false },
    seed: { type: 'string', default: '20261121' },
    mutant: { type: 'string' },
  },
});

interface Setting {
  readonly name: string;
  readonly timeScale: number;
  readonly loaded: boolean;
}

/** What a check came to: under each profile, with level and reason. */
type Told = string;

interface Ran {
  readonly setting: Setting;
  readonly tookMs: number;
  readonly told: ReadonlyMap<string, Told>;
}

const runs = Number(positionals[0] ?? 200);
const settings = values.scales
  .split(',')
  .map(Number)
  .flatMap((timeScale) =>
    (values['no-load'] ? [false] : [false, true]).map((loaded): Setting => ({
      name: `time scale ${timeScale}, ${loaded ? 'every core busy' : 'quiet'}`,
      timeScale,
      loaded,
    })),
  );

const server = [built('fixtures/reference/main.js'), '--port', '0'];
if (values.mutant !== undefined) server.push('--mutant', values.mutant);
const all = await withServer(server, examineAll);
sayMachine();
for (const setting of settings) sayTiming(setting, all);
process.exitCode = sayChanges(all) === 0 ? 0 : 1;

async function examineAll(url: string): Promise<readonly Ran[]> {
  const ran: Ran[] = [];
  // One setting after the other, so that the cores are made busy once.
  for (const [index, setting] of settings.entries()) {
    const share = Math.floor(runs / settings.length) + (index < runs % settings.length ? 1 : 0);
    const load = setting.loaded ? makeBusy() : [];
    try {
      for (let i = 0; i < share; i += 1) ran.push(await examine(url, setting));
    } finally {
      await Promise.all(load.map(end));
    }
  }
  return ran;
}

async function examine(url: string, setting: Setting): Promise<Ran> {
  const { readCatalogue, defaultOptions }: typeof library = await import(
    pathToFileURL(built('index.js')).href
  );
  const { run }: typeof RunModule = await import(pathToFileURL(built('run/run.js')).href);
  const { suites, profiles, witnesses } = await readCatalogue();
  const checks = suites.flatMap((suite) => suite.checks);
  const startedMs = performance.now();
  const { report } = await run(
    { checks, profiles, witnesses, proven: new Set() },
    {
      ...defaultOptions,
      address: atUrl(new URL(url)),
      revision: 'all',
      seed: Number(values.seed),
      timeScale: setting.timeScale,
    },
  );
  const tookMs = performance.now() - startedMs;
  console.error(`${setting.name}: ${tookMs.toFixed(0)} ms, ${report.gate.sentence}`);
  return { setting, tookMs, told: new Map(report.results.map((result) => [keyOf(result), tell(result)])) };
}

function keyOf({ id, revision }: Result): string {
  return `${id} ${revision}`;
}

function tell({ profiles }: Result): Told {
  return Object.entries(profiles)
    .map(([profile, { level, verdict, reason = '' }]) => `${profile}: ${verdict} ${reason} (${level})`)
    .join(', ');
}

/** How many checks did not come to the same thing every time; each is shown with how often it came to what, and where. */
function sayChanges(ran: readonly Ran[]): number {
  const keys = new Set(ran.flatMap(({ told }) => [...told.keys()]));
  const changed = [...keys].filter((key) => new Set(ran.map(({ told }) => told.get(key))).size > 1);
  for (const key of changed) {
    console.log(`CHANGED ${key}`);
    for (const [told, where] of grouped(ran, key)) console.log(`  ${where}\n    ${told}`);
  }
  console.log(`${ran.length} runs of ${keys.size} judged checks, ${changed.length} changed`);
  return changed.length;
}

function grouped(ran: readonly Ran[], key: string): ReadonlyMap<Told, string> {
  const groups = new Map<Told, Map<string, number>>();
  for (const { told, setting } of ran) {
    const came = told.get(key) ?? 'absent';
    const bySetting = groups.get(came) ?? new Map<string, number>();
    bySetting.set(setting.name, (bySetting.get(setting.name) ?? 0) + 1);
    groups.set(came, bySetting);
  }
  return new Map(
    [...groups].map(([came, bySetting]) => [
      came,
      [...bySetting].map(([name, count]) => `${count} × ${name}`).join('; '),
    ]),
  );
}

function sayTiming(setting: Setting, ran: readonly Ran[]): void {
  const times = ran.filter((one) => one.setting === setting).map(({ tookMs }) => tookMs);
  if (times.length === 0) return;
  say(`${setting.name}, ${times.length} runs, median`, median(times), 'ms');
  say(`${setting.name}, longest`, Math.max(...times), 'ms');
}

/** One busy process a core; each ends by itself when this one is gone. */
function makeBusy(): readonly ChildProcess[] {
  const spin =
    'const of = process.ppid; while (process.ppid === of) for (let i = 0; i < 1e7; i += 1) Math.sqrt(i);';
  return Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['--eval', spin], { stdio: 'ignore' }),
  );
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
