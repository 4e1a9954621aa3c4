import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { behaviourOf, mutantNamed } from '../../../fixtures/mutants/mutants.js';
import { listen } from '../../../fixtures/reference/listen.js';
import { createReference } from '../../../fixtures/reference/reference.js';
import { readRun } from '../../report/read-run.js';
import { createEngine } from '../engine.js';
import { folder } from '../testing/folder.js';
import { command } from '../testing/sample.js';

const engine = await createEngine();
const mutant = mutantNamed('zombie-after-delete');
if (mutant === undefined) throw new Error('the mutant is there');
const server = createReference(behaviourOf(mutant));
const listening = await listen(server.handle, 0);
afterAll(async () => {
  server.close();
  await listening.close();
});

const selection = ['--suite', 'termination', '--suite', 'monitors', '--time-scale', '4'];

async function ran(...flags: readonly string[]): Promise<string> {
  const path = folder();
  await command(
    ['run', listening.url, ...selection, '--reporter', 'json', '--output', path, ...flags],
    engine,
  );
  return path;
}

const reportIn = (path: string) => JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
const verdicts = (path: string) =>
  reportIn(path).results.map(({ id, verdict, reason }: Record<string, unknown>) => [id, verdict, reason]);

test('the parts of a run say together what the whole run says', { timeout: 60_000 }, async () => {
  const shards = [
    await ran('--shard', '1/3', '--seed', '3'),
    await ran('--shard', '2/3', '--seed', '3'),
    await ran('--shard', '3/3', '--seed', '3'),
  ];
  const counts = shards.map((path) => reportIn(path).selection);
  expect(counts.map(({ shard }) => shard)).toEqual([1, 2, 3].map((index) => ({ index, of: 3 })));
  expect(reportIn(shards[0] ?? '').gate.sentence).toMatch(
    / of \d+ checks selected, shard 1\/3: monitors saw these alone$/,
  );
  const merged = folder();
  const { exit, err } = await command(
    ['merge', ...shards.toReversed(), '--reporter', 'json', '--output', merged],
    engine,
  );
  expect({ exit, err }).toEqual({ exit: 1, err: expect.stringMatching(/^Not conformant/i) });
  const whole = await ran('--seed', '3');
  expect(verdicts(merged)).toEqual(verdicts(whole));
  expect(reportIn(merged).selection).toEqual(reportIn(whole).selection);
  expect(await command(['verify', merged], engine)).toMatchObject({ exit: 0 });
  expect(await command(['judge', join(merged, 'run.ndjson')], engine)).toMatchObject({ exit: 1, err: '' });
  const ids = (
    await Promise.all(
      shards.map(async (path) => (await readRun(readFileSync(join(path, 'run.ndjson'), 'utf8'))).transcripts),
    )
  ).map((transcripts) =>
    transcripts.flatMap(({ entries }) =>
      entries.flatMap((entry) =>
        entry.kind === 'exchange' && entry.asked.rpcId !== undefined ? [entry.asked.rpcId] : [],
      ),
    ),
  );
  const [one = [], other = []] = ids;
  expect(one.filter((id) => other.includes(id))).toEqual([]);
  const twice = await command(
    ['merge', ...shards.slice(0, 2), shards[0] ?? '', '--output', folder()],
    engine,
  );
  expect(twice).toMatchObject({ exit: 2, out: '' });
  expect(twice.err).toMatch(
    /^sessionspec: these are not all the parts of one run\n {2}part 1\/3 is there 2 times: .*\n {2}part 3\/3 is missing\n$/,
  );
  const itself = await command(['merge', ...shards, '--output', shards[1] ?? ''], engine);
  expect(itself).toMatchObject({
    exit: 3,
    err: expect.stringContaining('run.ndjson is one of the parts; name another folder'),
  });
});

test('what is no part, or cannot be put together, is told before anything is written', async () => {
  const whole = await ran('--check', 'termination.delete-answered');
  const [none, out] = [await command(['merge', whole], engine), folder()];
  expect(none).toMatchObject({ exit: 3, err: expect.stringContaining('merge needs --output FOLDER') });
  const { exit, err } = await command(['merge', whole, '--output', out], engine);
  expect(exit).toBe(2);
  expect(err).toContain('run.ndjson: it is no part of a run: it was made without --shard');
  expect(() => readFileSync(join(out, 'run.ndjson'))).toThrow('ENOENT');
});

const part = (index: number, ...flags: readonly string[]) =>
  ran('--shard', `${index}/2`, '--seed', '3', ...flags);
const merged = (parts: readonly string[], ...flags: readonly string[]) =>
  command(['merge', ...parts, '--output', folder(), ...flags], engine);

test('a part that is signed fits its signature, and with --key each is signed by that key', async () => {
  const keys = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const [secret, open] = [join(folder(), 'key.pem'), join(folder(), 'key.pub')];
  writeFileSync(secret, keys.privateKey);
  writeFileSync(open, keys.publicKey);
  const signed = [await part(1, '--sign', secret), await part(2, '--sign', secret)] as const;
  expect(await merged(signed, '--key', open)).toMatchObject({ exit: 1 });
  const unsigned = await part(2);
  const lacking = await merged([signed[0], unsigned], '--key', open);
  expect(lacking).toMatchObject({ exit: 2, out: '' });
  expect(lacking.err).toMatch(/report\.json: it is not signed, and --key asks for a signature\n$/);
  // The signature of one recording is not that of another.
  copyFileSync(join(signed[1], 'report.json'), join(unsigned, 'report.json'));
  const foreign = await merged([signed[0], unsigned]);
  expect(foreign).toMatchObject({ exit: 2, out: '' });
  expect(foreign.err).toMatch(/report\.json: its signature is not that of SHA256:/);
});

const run = () => Promise.reject(new Error('it ran'));

test.each([
  [['--shard', '3/2', '--seed', '1'], '--shard must be written like 1/2'],
  [['--shard', '0/2', '--seed', '1'], '--shard must be written like 1/2'],
  [['--shard', 'half', '--seed', '1'], 'not "half"'],
  [['--shard', '1/2'], '--shard needs --seed N'],
  [
    ['--shard', '1/2', '--seed', '1', '--check', 'termination.delete-answered'],
    'leaves parts without a check: 1 are selected',
  ],
])('a part that cannot be is a mistake: %j', async (flags, says) => {
  const { exit, err } = await command(['run', listening.url, ...flags], { ...engine, run });
  expect(exit).toBe(3);
  expect(err).toContain(says);
});
