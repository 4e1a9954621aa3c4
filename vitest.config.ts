import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'fixtures/**/*.test.ts'],
    // Guards against a hang and nothing else: no test has to be fast, so that a busy machine breaks none.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 120_000,
    // Much is waiting for other processes.
    maxWorkers: '100%',
  },
});
