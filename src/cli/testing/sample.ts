import picocolors from 'picocolors';
import { revisions } from '../../model/revision.js';
import { tabulate } from '../../model/tables.js';
import type { RunOptions } from '../../model/run.js';
import type { Check, Suite } from '../../model/suite.js';
import {
  failed,
  passed,
  sampleFacts,
  sampleResult,
  sampleRun,
  sampleTranscript,
} from '../../testing/sample.js';
import type { Io } from '../output/io.js';
import { main } from '../main.js';
import type { Engine } from '../ports.js';

/** A command line without a process, and stages that only pretend; for tests. */
export interface Shown {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export async function command(
  argv: readonly string[],
  engine: Partial<Engine> = {},
  env: Io['env'] = {},
): Promise<Shown> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
    colors: picocolors.createColors(false),
    columns: 1000,
    onInterrupt: () => () => undefined,
    onExit: () => () => undefined,
  };
  const exit = await main(argv, io, async () => ({ ...sampleEngine, ...engine }));
  return { exit, out, err };
}

export function sampleCheck(id: string, changes: Partial<Check> = {}): Check {
  const suite = id.split('.')[0] ?? '';
  return {
    id,
    suite,
    title: `About ${id}`,
    requirement: {
      says: 'it is so',
      section: 'basic/transports#session-management',
      keys: ['SM.404'],
      weights: tabulate(revisions, () => ({ level: 'MUST', source: 'specification' })),
    },
    harm: [],
    version: 1,
    revisions: ['2025-11-25', '2025-06-18'],
    tags: [],
    needs: [],
    steps: [],
    invariants: [],
    alone: false,
    ...changes,
  };
}

export const sampleSuites: readonly Suite[] = [
  {
    suite: 'termination',
    title: 'Ending a session',
    order: 40,
    checks: [
      sampleCheck('termination.post-after-delete', { tags: ['core'], needs: ['sessions', 'delete'] }),
      sampleCheck('termination.others-live-on'),
    ],
    monitors: [],
  },
  {
    suite: 'reuse',
    title: 'Using a session again',
    order: 20,
    checks: [sampleCheck('reuse.own-id', { tags: ['core'] })],
    monitors: [],
  },
];

export const sampleEngine: Engine = {
  builtIn: () => sampleSuites,
  profiles: () => [{ profile: 'spec', digest: 'cd'.repeat(32) }],
  answers: () => ({}),
  read: () => Promise.resolve({ suites: [], problems: [] }),
  describe: () => Promise.resolve({ target: {}, problems: [] }),
  fleet: () => Promise.resolve({ problems: ['this engine reads no fleet'] }),
  baseline: () => Promise.resolve({ baseline: [], problems: [] }),
  cases: () => Promise.resolve([]),
  mutants: () => [{ name: 'zombie', does: 'Goes on serving.', kills: ['termination.post-after-delete'] }],
  requirements: () => [],
  run: ({ checks }, options) => Promise.resolve(pretended(checks, options)),
  facts: () => Promise.resolve({ kind: 'found', facts: [sampleFacts], requests: 20 }),
  plan: (checks, facts) => ({
    entries: facts.flatMap((one) =>
      checks.map((check) => ({ check, facts: one, run: true, requests: 2, requestsMax: 3 }) as const),
    ),
    witnesses: [],
    requests: checks.length * 2,
    requestsMax: checks.length * 3,
  }),
  judge: ({ results, transcripts }) => sampleRun(results, transcripts),
  asJudged: ({ results, transcripts }) => sampleRun(results, transcripts),
  phrases: { expectation: () => 'as expected', judged: () => '404', watched: () => 'it holds' },
};

/** The first check fails, the others pass. */
function pretended(checks: readonly Check[], { observe }: RunOptions) {
  const results = checks.map(({ id, suite }, i) => sampleResult(i === 0 ? failed : passed, { id, suite }));
  const transcripts = checks.map(({ id }) => sampleTranscript(id));
  observe?.({ kind: 'facts', facts: sampleFacts });
  for (const [i, transcript] of transcripts.entries()) {
    const result = results[i];
    if (result) observe?.({ kind: 'checked', transcript, result });
  }
  return sampleRun(results, transcripts);
}
