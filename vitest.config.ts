import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest begins first; by itself vitest knows that only from a run before. What shares a process comes in one go. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId, project }: TestSpecification) =>
      long.some((file) => moduleId.endsWith(`/src/${file}.test.ts`)) ? 0 : project.name === 'own' ? 1 : 2;
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

const long = [
  'examples',
  'prove/mutants',
  'cli/selftest/run-hostile',
  'run/run',
  'cli/actions/show',
  'death',
  'id-analysis/guessable',
];

/**
 * They set clocks, modules or signals of their process, or fill it. All others share a process that has read the code already: reading it is half of
 * the computing time of most files.
 */
const apart = [
  'fixtures/hostile/*.test.ts',
  'fixtures/mutants/*.test.ts',
  'src/carriers/clock.test.ts',
  'src/carriers/http/dropped.test.ts',
  'src/carriers/http/stream.test.ts',
  'src/run/deps.test.ts',
  'src/vitest.test.ts',
];

const all = ['src/**/*.test.ts', 'fixtures/**/*.test.ts'];

/** What the subjects of a fleet install and build. */
const foreign = ['**/node_modules/**', '**/.build/**'];

export default defineConfig({
  test: {
    // Most code of a test is run too seldom to earn an optimisation; see src/cli.ts.
    execArgv: process.versions.v8.startsWith('11.') ? ['--interrupt-budget=400000'] : [],
    // Guards against a hang and nothing else: no test has to be fast, so that a busy machine breaks none.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // Much is waiting for other processes.
    maxWorkers: 2 * availableParallelism(),
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: all, exclude: [...apart, ...foreign], isolate: false },
      },
      { extends: true, test: { name: 'own', include: apart, exclude: foreign } },
    ],
  },
});
