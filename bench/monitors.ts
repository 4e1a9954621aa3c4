/**
 * What monitors and their witnesses cost: the default run on the reference with both, with monitors alone and with neither, in turn; and
 * the time in which the monitors judge the history of the last one, without a run.
 *
 *     npm run build && npx tsx bench/monitors.ts [ROUNDS]
 */
import { atUrl } from '../src/model/carrier.js';
import type * as HistoryModule from '../src/monitor/history.js';
import type * as JudgeModule from '../src/monitor/judge.js';
import type * as library from '../src/index.js';
import type { Transcript } from '../src/model/transcript.js';
import type * as RunModule from '../src/run/run.js';
import { built, median, say, sayMachine, withServer } from './measure.js';

const rounds = Number(process.argv[2] ?? 5);
const { defaultOptions, readCatalogue }: typeof library = await import(built('index.js'));
const { run }: typeof RunModule = await import(built('run/run.js'));
const { historyOf }: typeof HistoryModule = await import(built('monitor/history.js'));
const { watch }: typeof JudgeModule = await import(built('monitor/judge.js'));
const { suites, profiles, requirements, witnesses } = await readCatalogue();
const checks = suites.flatMap((suite) => suite.checks);
const monitors = suites.flatMap((suite) => suite.monitors);
const common = { checks, profiles, requirements, proven: new Set<string>() };
const kinds = {
  neither: common,
  monitors: { ...common, monitors },
  both: { ...common, monitors, witnesses },
};
type Kind = keyof typeof kinds;

interface Sample {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly exchanges: number;
  readonly judgedMs: number;
}

await withServer([built('fixtures/reference/main.js'), '--port', '0'], async (url) => {
  const samples: Record<Kind, Sample[]> = { neither: [], monitors: [], both: [] };
  // The first of each only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const kind of ['neither', 'monitors', 'both'] as const) {
      const one = await sample(url, kind);
      if (round > 0) samples[kind].push(one);
    }
  }
  const of = (kind: Kind, pick: (one: Sample) => number) => median(samples[kind].map(pick));
  console.log(`the default run on the reference, ${rounds} rounds, medians`);
  sayMachine();
  for (const kind of ['neither', 'monitors', 'both'] as const) {
    console.log(` ${kind === 'both' ? 'monitors and witnesses' : kind}`);
    say(
      'exchanges',
      of(kind, (one) => one.exchanges),
      '',
    );
    say(
      'computing time',
      of(kind, (one) => one.cpuMs),
      'ms',
    );
    say(
      'whole run',
      of(kind, (one) => one.wallMs),
      'ms',
    );
  }
  const ratio = (kind: Kind, pick: (one: Sample) => number) =>
    median(samples[kind].map((one, i) => pick(one) / pick(samples.neither[i] ?? one)));
  console.log(' with / without, of the same round');
  say(
    'computing time, monitors',
    ratio('monitors', (one) => one.cpuMs),
    '×',
  );
  say(
    'computing time, both',
    ratio('both', (one) => one.cpuMs),
    '×',
  );
  say(
    'whole run, both',
    ratio('both', (one) => one.wallMs),
    '×',
  );
  say(
    'the monitors alone, on a history',
    of('both', (one) => one.judgedMs),
    'ms',
  );
});

async function sample(url: string, kind: Kind): Promise<Sample> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const { report, transcripts } = await run(kinds[kind], {
    ...defaultOptions,
    address: atUrl(new URL(url)),
    seed: 4711,
  });
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(before);
  return {
    cpuMs: (user + system) / 1_000,
    wallMs,
    exchanges: report.traffic.exchanges,
    judgedMs: timeOfMonitors(transcripts),
  };
}

function timeOfMonitors(transcripts: readonly Transcript[]): number {
  const startedMs = performance.now();
  const history = historyOf(transcripts);
  for (const monitor of monitors) watch(monitor, history)('2025-11-25');
  return performance.now() - startedMs;
}
