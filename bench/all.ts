import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as library from '../src/index.js';
import { isObject } from '../src/model/json.js';
import type { Report } from '../src/model/report.js';
import type { Entry } from '../src/model/transcript.js';
import { built, median, node, say, sayMachine, withServer } from './measure.js';

const rounds = Number(process.argv[2] ?? 5);
const jobs = [1, 2, 4, 8, 16] as const;
const { readCatalogue }: typeof library = await import(built('index.js'));
const { suites } = await readCatalogue();
const alone = new Set(
  suites.flatMap(({ checks }) => checks).flatMap((check) => (check.alone ? [check.id] : [])),
);
const folder = mkdtempSync(join(tmpdir(), 'sessionspec-bench-'));

try {
  await withServer([built('fixtures/reference/main.js'), '--port', '0'], measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<void> {
  const samples = new Map<number, Sample[]>(jobs.map((count) => [count, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const count of jobs) samples.get(count)?.push(await sample(url, count));
  }
  const of = (count: number, pick: (one: Sample) => number): number =>
    median((samples.get(count) ?? []).map(pick));
  console.log(`all suites, one revision, on the reference, ${rounds} rounds, medians`);
  sayMachine();
  for (const count of jobs) {
    console.log(` --jobs ${count}`);
    say(
      'whole process',
      of(count, (one) => one.wallMs),
      'ms',
    );
    say(
      'facts, checks, judgement',
      of(count, (one) => one.durationMs),
      'ms',
    );
    say(
      'exchanges',
      of(count, (one) => one.exchanges / (one.durationMs / 1000)),
      '/s',
    );
    say('faster than --jobs 1', of(1, (one) => one.durationMs) / of(count, (one) => one.durationMs), '×');
    say(
      'peak memory',
      of(count, (one) => one.peakMiB),
      'MiB',
      150,
    );
  }
  console.log(' at --jobs 8');
  say(
    'declared waits and slow calls, sum',
    of(8, (one) => one.waits.sumMs),
    'ms',
  );
  say(
    'declared waits and slow calls of one check, most',
    of(8, (one) => one.waits.mostMs),
    'ms',
  );
  say(
    'checks that run alone',
    of(8, (one) => one.aloneMs),
    'ms',
  );
  const longest = samples.get(8)?.at(-1)?.longest ?? [];
  for (const { check, durationMs } of longest) say(`longest: ${check}`, durationMs, 'ms');
}

interface Sample {
  readonly wallMs: number;
  readonly durationMs: number;
  readonly exchanges: number;
  readonly peakMiB: number;
  readonly waits: { readonly sumMs: number; readonly mostMs: number };
  readonly aloneMs: number;
  readonly longest: readonly { readonly check: string; readonly durationMs: number }[];
}

async function sample(url: string, count: number): Promise<Sample> {
  const args = ['run', url, '--jobs', String(count), '--reporter', 'json', '--output', folder];
  const { wallMs, peakMiB, out, code } = await node(built('cli.js'), ...args);
  if (code !== 0 && code !== 1) throw new Error(out);
  const { durationMs, traffic, results, facts }: Report = JSON.parse(
    readFileSync(join(folder, 'report.json'), 'utf8'),
  );
  const longest = results
    .map(({ id, durationMs: tookMs }) => ({ check: id, durationMs: tookMs }))
    .toSorted((a, b) => b.durationMs - a.durationMs);
  const aloneMs = longest.reduce((sum, one) => sum + (alone.has(one.check) ? one.durationMs : 0), 0);
  return {
    wallMs,
    durationMs,
    exchanges: traffic.exchanges,
    peakMiB,
    waits: waits(slowToolOf(facts)),
    aloneMs,
    longest: longest.slice(0, 6),
  };
}

/** Time in which a check wants nothing to happen: quiet windows, awaited ends, calls that are asked to be slow. */
function waits(slowTool: string): Sample['waits'] {
  const byCheck = new Map<string, number>();
  for (const line of readFileSync(join(folder, 'run.ndjson'), 'utf8').trim().split('\n')) {
    const { check, entry }: { readonly check?: string; readonly entry?: Entry } = JSON.parse(line);
    if (check !== undefined && entry !== undefined)
      byCheck.set(check, (byCheck.get(check) ?? 0) + waitOf(entry, slowTool));
  }
  const each = [...byCheck.values()];
  return { sumMs: each.reduce((sum, ms) => sum + ms, 0), mostMs: Math.max(...each) };
}

function waitOf(entry: Entry, slowTool: string): number {
  if (entry.kind === 'quiet') return entry.toMs - entry.fromMs;
  if (entry.kind === 'awaited') return entry.afterMs;
  if (entry.kind !== 'exchange') return 0;
  const body = entry.sent.carrier === 'http' ? entry.sent.body : entry.sent.line;
  return body?.includes(`"name":${slowTool}`) === true ? entry.settledMs - entry.startedMs : 0;
}

/** As JSON; without such a tool, something that no request holds. */
function slowToolOf(facts: Report['facts']): string {
  const params = facts[0]?.probes.slow?.params;
  return isObject(params) ? JSON.stringify(params['name']) : 'none';
}
