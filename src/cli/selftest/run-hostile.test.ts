import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startHostile } from '../../../fixtures/hostile/hostile.js';
import { proveHostile } from './run-hostile.js';

// The program as it is shipped: what is measured is the memory and the end of a whole process.
const program = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

// One of each kind; `.ci/run` has a stage that meets all of them.
const sample = [
  'endless-body',
  'gzip-bomb',
  'deep-json-after-initialize',
  'slow-headers',
  'event-storm-after-initialize',
  'length-too-short-after-initialize',
  'script-in-strings',
  'redirect-to-other-host',
];

test('hostile peers are survived within bounds', { timeout: 300_000 }, async () => {
  expect(existsSync(program), 'npm run build makes the program').toBe(true);
  const running = await startHostile();
  const peers = Object.fromEntries(sample.map((name) => [name, running.url(name)]));
  const index = async () => ({ peers, redirectTrapHits: running.redirectTrapHits().length });
  const rows = await proveHostile(index, { onExit: () => () => undefined }, () => undefined, program);
  await running.close();
  expect(rows.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(rows).toHaveLength(sample.length + 1);
});
