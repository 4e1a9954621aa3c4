import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readCatalogue } from '../catalogue.js';

// The program as it is shipped, with the servers in a process of their own: where both share one, a client that hangs up does so
// before the server has read a word.
const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

// A sample that shows within seconds that the proof itself works; all of them are a stage of `.ci/run`. Each suite has one that it
// alone kills, none of which takes long; some need a described, an operated or a replicated server, or another fixture than the reference.
const sample = [
  'id-in-two-headers',
  'truncated-id-accepted',
  'missing-request-404',
  'malformed-body-ends-session',
  'shared-state',
  'terminated-request-400',
  'response-on-get-stream',
  'oldest-revision-offered',
  'delete-not-bound-to-principal',
  'subscriptions-global',
  'crash-500',
  'nodes-apart',
  'stdio-goes-on',
  'basket-kept-after-close',
  'modern-id-refused-404',
  'dual-refuses-any-id',
  'data-revoked-in-name',
];

test('each mutant of a sample is killed by exactly the checks it names', async () => {
  expect(existsSync(program), 'npm run build makes the program').toBe(true);
  const { exit, said } = await selftest('--alone', '--mutants', ...sample);
  expect(exit, said.replaceAll(/^✓.*\n/gm, '')).toBe(0);
  expect(said.match(/^✓ mutant/gm)).toHaveLength(sample.length);
}, 300_000);

test('where all checks share a server, the reference fails nothing, and a mutant by no more than it names', async () => {
  const { exit, said } = await selftest('--default-run', '--mutants', 'reference', 'zombie-after-delete');
  expect(exit, said.replaceAll(/^✓.*\n/gm, '')).toBe(0);
  expect(said.match(/^✓ default-run/gm)).toHaveLength(3);
}, 300_000);

// Monitors look at a run that many checks share, which this sample is not.
test('the sample has a mutant for each suite of checks', async () => {
  const { suites, mutants } = await readCatalogue();
  const killers = mutants.filter(({ name }) => sample.includes(name)).flatMap(({ kills }) => kills);
  const killed = new Set(killers.map((id) => id.split('.')[0]));
  expect(
    suites
      .filter(({ checks }) => checks.length > 0)
      .map(({ suite }) => suite)
      .filter((suite) => !killed.has(suite)),
  ).toEqual([]);
});

function selftest(...flags: readonly string[]): Promise<{ readonly exit: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'selftest', ...flags], { maxBuffer: 1 << 24 }, (error, out, err) => {
      resolve({ exit: error === null ? 0 : Number(error.code ?? 1), said: out + err });
    });
  });
}
