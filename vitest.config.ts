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

const long = ['examples', 'prove/mutants', 'cli/selftest/run-hostile', 'run/run'];

/** They change nothing in their process, so that one reads the code for all of them: half of the computing time of most files is that. */
const sharing = ['findings', 'id-analysis', 'judge', 'load', 'model', 'monitor', 'plan', 'report'].map(
  (folder) => `src/${folder}/**/*.test.ts`,
);

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
      { extends: true, test: { name: 'shared', include: sharing, isolate: false } },
      {
        extends: true,
        test: {
          name: 'own',
          include: ['src/**/*.test.ts', 'fixtures/**/*.test.ts'],
          exclude: [...sharing, ...foreign],
        },
      },
    ],
  },
});
