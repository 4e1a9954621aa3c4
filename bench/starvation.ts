/**
 * Runs the default run on the reference while the harness is stopped and continued at random, or is short of descriptors, and compares
 * its verdicts with those of a run in peace:
 *
 *     npm run build && npx tsx bench/starvation.ts [--runs N] [--seed N] [--small] [WAY…]
 *
 * Exits with 1 where a verdict is another one and not inconclusive, or the harness does not end by itself.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { randomFrom } from '../fixtures/noise/random.js';
import { harness } from './harness.js';
import { built, sayMachine, withServer } from './measure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    small: { type: 'boolean', default: false },
    mutant: { type: 'string' },
  },
});

/** What is done to the harness. Times are of one round: it runs for the first, and is stopped for the second. */
interface Way {
  readonly does: string;
  readonly runsMs?: readonly [min: number, max: number];
  readonly stopsMs?: readonly [min: number, max: number];
  readonly descriptors?: number;
}

const ways: Readonly<Record<string, Way>> = {
  stops: { does: 'stopped about 130 of 150 ms', runsMs: [5, 35], stopsMs: [100, 160] },
  'long-stops': { does: 'stopped for seconds', runsMs: [200, 800], stopsMs: [500, 4_000] },
  tenth: { does: 'a tenth of a core', runsMs: [5, 5], stopsMs: [45, 45] },
  descriptors: { does: '64 file descriptors', descriptors: 64 },
};

/** What CI has time for: checks that wait, listen, and see what does not come. */
const few = ['termination.*', 'streams.*', 'reuse.survives-*', 'isolation.*'].flatMap((id) => [
  '--check',
  id,
]);
const runs = Number(values.runs ?? (values.small ? 1 : 5));
const chosen =
  positionals.length > 0 ? positionals : values.small ? ['stops', 'descriptors'] : Object.keys(ways);
const server = [built('fixtures/reference/main.js'), '--port', '0'];
if (values.mutant !== undefined) server.push('--mutant', values.mutant);

interface Ran {
  readonly exit: number | null;
  readonly tookMs: number;
  readonly stops: number;
  readonly says: string;
  readonly verdicts: ReadonlyMap<string, string>;
}

let wrong = 0;
let all = 0;
await withServer(server, async (url) => {
  const peace = await ranUnder(url, { does: 'nothing' }, 0);
  console.log(`in peace: exit ${peace.exit}, ${peace.says}, ${(peace.tookMs / 1_000).toFixed(1)} s`);
  for (const name of chosen) {
    const way = ways[name];
    if (way === undefined) throw new Error(`there is no ${name}; there are ${Object.keys(ways).join(', ')}`);
    for (let i = 0; i < runs; i += 1) {
      const ran = await ranUnder(url, way, Number(values.seed) + i);
      const changed = changesOf(peace, ran);
      all += 1;
      if (changed.length > 0 || !isSane(peace, ran)) wrong += 1;
      console.log(
        `${name}: exit ${ran.exit}, stopped ${ran.stops} times, ${(ran.tookMs / 1_000).toFixed(1)} s: ${ran.says}`,
      );
      for (const change of changed) console.log(`  CHANGED ${change}`);
    }
  }
});
sayMachine();
console.log(`${all} starved runs, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

/** As in peace, or undecided; 4 is for a limit of ours. */
function isSane(peace: Ran, { exit }: Ran): boolean {
  return exit === peace.exit || exit === 2 || exit === 4;
}

/** Where our own limit ended the run before it had a verdict, none has changed. */
function changesOf(peace: Ran, ran: Ran): readonly string[] {
  if (ran.exit === 4 && ran.verdicts.size === 0) return [];
  const ids = new Set([...peace.verdicts.keys(), ...ran.verdicts.keys()]);
  return [...ids].flatMap((id) => {
    const [before = 'absent', now = 'absent'] = [peace.verdicts.get(id), ran.verdicts.get(id)];
    return before === now || now.startsWith('inconclusive') ? [] : [`${id}: ${before} → ${now}`];
  });
}

async function ranUnder(url: string, way: Way, seed: number): Promise<Ran> {
  const args = [url, '--seed', '4711', '--reporter', 'json', ...(values.small ? few : [])];
  let stops = 0;
  const { exit, tookMs, err, report } = await harness(args, {
    ...(way.descriptors !== undefined && { descriptors: way.descriptors }),
    during: async (child) => {
      stops = await disturb(child, way, randomFrom(seed));
    },
  });
  return {
    exit,
    tookMs,
    stops,
    says: report?.gate.sentence ?? err.trim(),
    verdicts: new Map(report?.results.map(({ id, verdict, reason = '' }) => [id, `${verdict} ${reason}`])),
  };
}

async function disturb(child: ChildProcess, { runsMs, stopsMs }: Way, random: () => number): Promise<number> {
  let stops = 0;
  if (runsMs === undefined || stopsMs === undefined) return stops;
  const between = ([min, max]: readonly [number, number]) => min + random() * (max - min);
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  while (!isOver()) {
    await sleep(between(runsMs));
    if (isOver() || !child.kill('SIGSTOP')) break;
    await sleep(between(stopsMs));
    child.kill('SIGCONT');
    stops += 1;
  }
  return stops;
}
