import { atUrl } from '../src/model/carrier.js';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as EngineModule from '../src/cli/engine.js';
import { defaultOptions } from '../src/model/run.js';
import type { Report } from '../src/model/report.js';
import type { Entry } from '../src/model/transcript.js';
import { built, median, node, say, sayMachine, withServer } from './measure.js';
import { replay, type Recording } from './replay.js';

const rounds = Number(process.argv[2] ?? 9);
const { createEngine }: typeof EngineModule = await import(built('cli/engine.js'));
const engine = await createEngine();
const checks = engine
  .builtIn()
  .flatMap((suite) => suite.checks)
  .filter(({ tags }) => tags.includes('core'));
const folder = mkdtempSync(join(tmpdir(), 'sessionspec-bench-'));

const targets: Readonly<Record<string, readonly string[]>> = {
  'SDK, SSE': [built('fixtures/subjects/sdk-v1.js'), '--port', '0'],
  'SDK, JSON': [built('fixtures/subjects/sdk-v1.js'), '--port', '0', '--replies', 'json'],
  reference: [built('fixtures/reference/main.js'), '--port', '0'],
};

try {
  for (const [name, server] of Object.entries(targets)) {
    await withServer(server, (url) => measure(name, url));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Each round does everything once, in turn; the first only warms up. */
async function measure(name: string, url: string): Promise<void> {
  const samples: Sample[] = [];
  for (let round = 0; round <= rounds; round += 1) samples.push(await sample(url));
  const of = (pick: (one: Sample) => number): number => median(samples.slice(1).map(pick));
  console.log(`\n${name}, ${rounds} rounds, medians`);
  sayMachine();
  say(
    'exchanges of the checks',
    of((one) => one.exchanges),
    '',
  );
  console.log(' in this process, warm');
  say(
    'harness: facts',
    of((one) => one.factsMs),
    'ms',
  );
  say(
    'harness: checks',
    of((one) => one.checksMs),
    'ms',
  );
  say(
    'bare loop',
    of((one) => one.bareMs),
    'ms',
  );
  say(
    'checks / bare loop',
    of((one) => one.checksMs / one.bareMs),
    '×',
    1.5,
  );
  say(
    'facts and checks / bare loop',
    of((one) => (one.factsMs + one.checksMs) / one.bareMs),
    '×',
  );
  say(
    'exchanges of the harness',
    of((one) => one.exchanges / (one.checksMs / 1000)),
    '/s',
  );
  console.log(' each in a new process');
  say(
    'command line, whole process',
    of((one) => one.cli.wallMs),
    'ms',
    1000,
  );
  say(
    '  until the run begins',
    of((one) => one.cli.beginMs),
    'ms',
  );
  say(
    '  facts',
    of((one) => one.cli.factsMs),
    'ms',
  );
  say(
    '  checks',
    of((one) => one.cli.checksMs),
    'ms',
  );
  say(
    '  report and exit',
    of((one) => one.cli.wallMs - one.cli.beginMs - one.cli.factsMs - one.cli.checksMs),
    'ms',
  );
  say(
    'bare loop',
    of((one) => one.bareColdMs),
    'ms',
  );
  say(
    'checks / bare loop',
    of((one) => one.cli.checksMs / one.bareColdMs),
    '×',
    1.5,
  );
  say(
    'command line, peak memory',
    of((one) => one.cli.peakMiB),
    'MiB',
    120,
  );
}

interface Sample {
  readonly exchanges: number;
  readonly factsMs: number;
  readonly checksMs: number;
  readonly bareMs: number;
  readonly bareColdMs: number;
  readonly cli: Cli;
}

async function sample(url: string): Promise<Sample> {
  const startedMs = performance.now();
  let plannedMs = startedMs;
  const { report, transcripts } = await engine.run(
    { checks },
    {
      ...defaultOptions,
      address: atUrl(new URL(url)),
      observe: ({ kind }) => {
        if (kind === 'planned') plannedMs = performance.now();
      },
    },
  );
  const endedMs = performance.now();
  const [facts] = report.facts;
  if (facts === undefined) throw new Error(report.gate.sentence);
  const recording: Recording = { jobs: defaultOptions.jobs, facts, checks, transcripts };

  const bareStartedMs = performance.now();
  const exchanges = await replay(new URL(url), recording);
  const bareMs = performance.now() - bareStartedMs;

  const cli = await commandLine(url);
  return {
    exchanges,
    factsMs: plannedMs - startedMs,
    checksMs: endedMs - plannedMs,
    bareMs,
    bareColdMs: await bareCold(url, recording),
    cli,
  };
}

interface Cli {
  readonly wallMs: number;
  readonly peakMiB: number;
  /** From the start of the process to the start of the run. */
  readonly beginMs: number;
  readonly factsMs: number;
  readonly checksMs: number;
}

async function commandLine(url: string): Promise<Cli> {
  const { wallMs, peakMiB, originMs, out, code } = await node(
    built('cli.js'),
    'run',
    url,
    '--tag',
    'core',
    '--reporter',
    'json',
    '--output',
    folder,
  );
  if (code !== 0 && code !== 1) throw new Error(out);
  const { startedAt, durationMs }: Report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const beginMs = Date.parse(startedAt) - originMs;
  const firstMs = Math.min(
    ...entries().flatMap((entry) => (entry.kind === 'exchange' ? [entry.startedMs] : [])),
  );
  return { wallMs, peakMiB, beginMs, factsMs: firstMs - beginMs, checksMs: beginMs + durationMs - firstMs };
}

function entries(): readonly Entry[] {
  const lines = readFileSync(join(folder, 'run.ndjson'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const parsed: { readonly entry?: Entry } = JSON.parse(line);
    return parsed.entry === undefined ? [] : [parsed.entry];
  });
}

async function bareCold(url: string, recording: Recording): Promise<number> {
  const file = join(folder, 'recording.json');
  writeFileSync(file, JSON.stringify(recording));
  const program = fileURLToPath(new URL('replay.ts', import.meta.url));
  const { out, code } = await node('--import', 'tsx', program, url, file);
  if (code !== 0) throw new Error(`the bare loop ended with ${code}: ${out}`);
  const { wallMs }: { readonly wallMs: number } = JSON.parse(out);
  return wallMs;
}
