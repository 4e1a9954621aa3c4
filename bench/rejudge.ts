/**
 * Judges the recordings again in a process that is stopped and continued at random, and compares with what came to it in peace:
 *
 *     npm run build && npx tsx bench/rejudge.ts [ROUNDS] [--seed N] [--small]
 *
 * A judge that looks at a clock gives other verdicts then. One round is all recordings; without ROUNDS it is as many as make 200
 * re-judgements, with `--small` as few as CI has time for. Exits with 1 where a judgement differs.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type * as library from '../src/index.js';
import type * as reading from '../src/report/read-run.js';
import type * as results from '../src/run/results.js';
import { built, say, sayMachine } from './measure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '20261126' },
    small: { type: 'boolean', default: false },
    child: { type: 'boolean', default: false },
  },
});

const folder = new URL('../fixtures/recorded/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
const wholeRounds = values.small ? 4 : Math.ceil(200 / files.length);
const rounds = Number(positionals[0] ?? wholeRounds);

/** By check and revision, a digest of its judgements under all profiles, with every word of them. */
type Judged = Readonly<Record<string, string>>;

if (values.child) await judgeAloud();
else await compare();

async function compare(): Promise<void> {
  const { judgeAgain, hasPattern } = await loadJudge();
  const expected = new Map(
    await Promise.all(files.map(async (file) => [file, await judgeAgain(file)] as const)),
  );
  const judgements = [...expected.values()].flatMap((judged) => Object.keys(judged));
  const patterned = judgements.filter(hasPattern).length;
  if (patterned === 0) throw new Error('no judgement of these recordings takes a pattern');

  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), '--child', String(rounds)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // A stopped process ends neither with its parent nor by a signal that it could hear.
  process.once('exit', () => child.kill('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  // Loading takes longer than judging, and nothing is decided there.
  await lines.next();
  const disturbed = disturb(child);
  const changed = new Map<string, number>();
  let rejudged = 0;
  for await (const line of { [Symbol.asyncIterator]: () => lines }) {
    const { file, judged }: { readonly file: string; readonly judged: Judged } = JSON.parse(line);
    rejudged += 1;
    for (const key of differing(expected.get(file) ?? {}, judged))
      changed.set(`${file} ${key}`, (changed.get(`${file} ${key}`) ?? 0) + 1);
  }
  const [code] = await exited;
  const { stops, stoppedMs } = await disturbed;

  sayMachine();
  const wallMs = performance.now() - startedMs;
  say('recordings judged again', rejudged, '');
  say('judgements each round', judgements.length, '');
  say('of them by a pattern', patterned, '');
  say('wall clock', wallMs, 'ms');
  say('stopped', stops, '×');
  say('stopped, share of the wall clock', (100 * stoppedMs) / wallMs, '%');
  say('judgements that differ', changed.size, '', 0);
  for (const [key, times] of changed) console.log(`CHANGED ${key}, ${times} of ${rounds} times`);
  if (code !== 0 || rejudged !== rounds * files.length)
    throw new Error(`the judging process ended with ${code} after ${rejudged} recordings`);
  process.exitCode = changed.size === 0 ? 0 : 1;
}

function differing(before: Judged, after: Judged): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== after[key]);
}

/** Stops and continues the process until it ends, for about nine tenths of the time. */
async function disturb(child: ChildProcess): Promise<{ readonly stops: number; readonly stoppedMs: number }> {
  const random = randomFrom(Number(values.seed));
  let stops = 0;
  let stoppedMs = 0;
  while (child.exitCode === null && child.signalCode === null) {
    // Less than a round takes, so that each is stopped somewhere else.
    await sleep(2 + random() * 28);
    if (!child.kill('SIGSTOP')) break;
    const sinceMs = performance.now();
    await sleep(110 + random() * 90);
    child.kill('SIGCONT');
    stops += 1;
    stoppedMs += performance.now() - sinceMs;
  }
  return { stops, stoppedMs };
}

/** The child: says after each recording what came of it. */
async function judgeAloud(): Promise<void> {
  const { judgeAgain } = await loadJudge();
  console.log('ready');
  for (let round = 0; round < rounds; round += 1)
    for (const file of files) console.log(JSON.stringify({ file, judged: await judgeAgain(file) }));
}

interface Judge {
  readonly judgeAgain: (file: string) => Promise<Judged>;
  readonly hasPattern: (key: string) => boolean;
}

function load(path: string): Promise<unknown> {
  return import(pathToFileURL(built(path)).href);
}

async function loadJudge(): Promise<Judge> {
  const { readCatalogue, defaultPolicy } = (await load('index.js')) as typeof library;
  const { readRun } = (await load('report/read-run.js')) as typeof reading;
  const { judged } = (await load('run/results.js')) as typeof results;
  const { suites, profiles } = await readCatalogue();
  const checks = new Map(suites.flatMap((suite) => suite.checks.map((check) => [check.id, check])));
  const context = { profiles, proven: new Set<string>(), policy: defaultPolicy };
  return {
    async judgeAgain(file) {
      // Read again each time, so that nothing is kept of the time before.
      const { transcripts, facts } = await readRun(readFileSync(new URL(file, folder), 'utf8'));
      const each = transcripts.flatMap((transcript) => {
        const check = checks.get(transcript.check);
        const known = facts.find(({ revision }) => revision === transcript.revision);
        if (check === undefined || known === undefined) return [];
        const under = Object.values(profiles).map(({ profile }) =>
          judged(check, transcript, known, { ...context, selected: profile }),
        );
        return [[`${check.id} ${transcript.revision}`, digestOf(under)] as const];
      });
      return Object.fromEntries(each);
    },
    hasPattern: (key) => /"(?:matches|pattern)":/.test(JSON.stringify(checks.get(key.split(' ')[0] ?? ''))),
  };
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}

/** Numbers from 0 to 1 that a seed repeats (a linear congruence; its high bits are good enough to choose times). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
