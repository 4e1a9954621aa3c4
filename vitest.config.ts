import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest begins first; by itself vitest knows that only from a run before. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      long.some((file) => moduleId.endsWith(`/src/${file}.test.ts`));
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)));
  }
}

const long = ['examples', 'prove/mutants', 'cli/selftest/run-hostile', 'run/run'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'fixtures/**/*.test.ts'],
    // Guards against a hang and nothing else: no test has to be fast, so that a busy machine breaks none.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // Much is waiting for other processes.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
  },
});
