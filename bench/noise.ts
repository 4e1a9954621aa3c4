/**
 * Runs the default run on the reference behind each kind of noise (fixtures/noise) and shows what came of it:
 *
 *     npm run build && npx tsx bench/noise.ts [--runs N] [--seed N] [--small] [KIND…]
 *
 * Each run has a noise and a harness of its own; run after run takes another seed for both. Exits with 1 where any run found a failure,
 * ended with anything but 0 or 2, or is undecided without naming a flag that helps.
 */
import { parseArgs } from 'node:util';
import { isKind, kinds, type KindName, type Noise } from '../fixtures/noise/kinds.js';
import type { Report } from '../src/model/report.js';
import { harness } from './harness.js';
import { built, sayMachine, withServer } from './measure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    small: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

/** What CI has time for: of each sort one, once. */
const few: readonly KindName[] = [
  'unavailable-until',
  'media-types',
  'closing',
  'keep-alive',
  'interim',
  'cr-only',
  'trailing-space',
  'gzip',
];

interface Ran {
  readonly seed: number;
  readonly tookMs: number;
  readonly exit: number | null;
  /** The last line of what it printed. */
  readonly says: string;
  readonly report?: Report;
}

const chosen = positionals.length > 0 ? positionals : values.small ? few : Object.keys(kinds);
const unknown = chosen.filter((name) => !isKind(name));
if (unknown.length > 0) throw new Error(`no such noise: ${unknown.join(', ')}`);
const runs = Number(values.runs ?? (values.small ? 1 : 20));
let wrong = 0;
console.log(`${'kind'.padEnd(24)} runs  exits        median  what came`);
for (const kind of chosen.filter(isKind)) {
  const ran: Ran[] = [];
  for (let i = 0; i < runs; i += 1) ran.push(await runOnce(kind, Number(values.seed) + i));
  wrong += ran.filter((one) => isWrong(one)).length;
  show(kind, ran);
}
sayMachine();
console.log(`${chosen.length * runs} runs under noise, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

async function runOnce(kind: KindName, seed: number): Promise<Ran> {
  const noise: Noise = kinds[kind];
  const serve = [built('fixtures/noise/main.js'), kind, '--seed', String(seed)];
  if (noise.started) {
    const command = [process.execPath, ...serve].map((word) => `'${word}'`).join(' ');
    return ranOn(seed, 'http://127.0.0.1:{port}/mcp', ['--server', `${command} --port {port}`]);
  }
  return withServer(serve, (url) => ranOn(seed, url, []));
}

async function ranOn(seed: number, url: string, more: readonly string[]): Promise<Ran> {
  const args = [url, ...more, '--seed', String(seed), '--reporter', 'terminal,json'];
  const { exit, tookMs, out, err, report } = await harness(args);
  if (values.verbose) console.log(out);
  return {
    seed,
    tookMs,
    exit,
    says: `${out}${err}`.trim().split('\n').at(-1) ?? '',
    ...(report && { report }),
  };
}

function failures({ report }: Ran): readonly string[] {
  return report?.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id) ?? [];
}

function isWrong(ran: Ran): boolean {
  if (failures(ran).length > 0 || (ran.exit !== 0 && ran.exit !== 2)) return true;
  return ran.exit === 2 && !/--[a-z-]+/.test(ran.report?.gate.sentence ?? '');
}

function show(kind: KindName, ran: readonly Ran[]): void {
  const exits = counted(ran.map(({ exit }) => String(exit)));
  const times = ran.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const medianS = ((times[times.length >> 1] ?? 0) / 1_000).toFixed(1);
  const came = counted(ran.map(({ report, says }) => report?.gate.sentence ?? says));
  console.log(
    `${kind.padEnd(24)} ${String(ran.length).padEnd(5)} ${exits.join(' ').padEnd(12)} ${medianS.padStart(5)} s`,
  );
  for (const one of came) console.log(`    ${one}`);
  const failed = counted(ran.flatMap(failures));
  if (failed.length > 0) console.log(`    FAILED ${failed.join(', ')}`);
  const unsure = ran.flatMap(
    ({ report }) => report?.results.filter(({ verdict }) => verdict === 'inconclusive') ?? [],
  );
  const reasons = counted(unsure.map(({ reason = '' }) => reason));
  if (reasons.length > 0) console.log(`    inconclusive ${reasons.join(', ')}`);
}

/** Each once, with how often it came, the most frequent first. */
function counted(words: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].toSorted(([, a], [, b]) => b - a).map(([word, often]) => `${word} ×${often}`);
}
