import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createEngine } from '../engine.js';
import { command } from '../testing/sample.js';
import { folder } from '../testing/folder.js';

const engine = await createEngine();
const main = fileURLToPath(new URL('../../../dist/fixtures/reference/main.js', import.meta.url));
const reference = `'${process.execPath}' '${main}' --port {port}`;
const zombie = `${reference} --mutant zombie-after-delete`;

const suite = `suite: own
title: Ours
checks:
  - id: own.ended
    title: An ended session is refused
    requirement: { level: house, says: an ended session is refused }
    needs: [sessions, delete]
    steps:
      - open: alice
      - { send: ping, name: alive, require: { status: 200, result: true } }
      - { delete: alice, require: { status: 2xx } }
      - { send: ping, control: alive, judge: { status: 404 } }
`;
const ping = `  - id: own.ping
    title: A ping is answered
    requirement: { level: house, says: a ping is answered with a result }
    steps:
      - open: alice
      - { send: ping, judge: { status: 200, result: true } }
`;

const selftest = (...argv: readonly string[]) => command(['selftest', ...argv], engine, process.env);

function files(suiteText: string, kills = '[ended]') {
  const to = folder();
  writeFileSync(join(to, 'own.yaml'), suiteText);
  writeFileSync(
    join(to, 'sessionspec.yaml'),
    `url: 'http://127.0.0.1:{port}/mcp'
server: ${JSON.stringify(reference)}
suites: [own.yaml]
mutants:
  - { name: serves-the-ended, server: ${JSON.stringify(zombie)}, kills: ${kills} }
`,
  );
  return { suite: join(to, 'own.yaml'), config: join(to, 'sessionspec.yaml') };
}

test('checks that pass on the server and fail on a mutant are proven', async () => {
  const { exit, out } = await selftest('--config', files(suite).config);
  expect(out).toMatch(/^✓ reference +your server/m);
  expect(out).toMatch(/^✓ mutant +serves-the-ended .* own\.ended$/m);
  expect(exit).toBe(0);
});

test('one that no mutant fails is not, and the exit code says so', async () => {
  const { exit, out } = await selftest(
    '--suite',
    files(suite + ping).suite,
    '--server',
    reference,
    '--mutant',
    zombie,
  );
  expect(out).toContain('unproven checks (1): own.ping');
  expect(out).not.toContain('✗');
  expect(exit).toBe(1);
});

test('a server that is no mutant, and one that does not start, are told', async () => {
  const { config, suite: path } = files(suite);
  const equal = await selftest('--config', config, '--mutant', reference);
  expect(equal.out).toContain('    none of your checks fails\n');
  const gone = await selftest('--suite', path, '--server', reference, '--mutant', 'exit 7');
  expect(gone.out).toContain('--server ended before it listened (exit code 7)');
  expect([equal.exit, gone.exit]).toEqual([1, 1]);
});

test.each([
  [['--suite', 'OWN', '--server', reference], 'name a server with a fault: --mutant COMMAND'],
  [['--mutant', zombie], 'name a suite of yours: --suite PATH'],
  [['--server', reference], '--server is the server of your suites'],
  [
    ['--config', 'STRANGE'],
    'mutant serves-the-ended kills "endet", which is no check of yours; did you mean `own.ended`?',
  ],
])('%j says what is missing', async (argv, says) => {
  const [own, strange] = [files(suite), files(suite, '[endet]')];
  const paths = new Map([
    ['OWN', own.suite],
    ['STRANGE', strange.config],
  ]);
  const { exit, err } = await selftest(...argv.map((word) => paths.get(word) ?? word));
  expect([exit, err]).toEqual([3, expect.stringContaining(says)]);
});
