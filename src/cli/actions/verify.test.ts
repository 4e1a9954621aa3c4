import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conformant } from '../../../fixtures/reference/behaviour.js';
import { listen } from '../../../fixtures/reference/listen.js';
import { createReference } from '../../../fixtures/reference/reference.js';
import { createChain, unlinked } from '../../report/chain.js';
import { createEngine } from '../engine.js';
import { folder } from '../testing/folder.js';
import { command, type Shown } from '../testing/sample.js';

const engine = await createEngine();
const zombie = createReference({ ...conformant, terminatedRequest: 'served' });
const listening = await listen(zombie.handle, 0);
const made = folder();
const keys = folder();
const keyFile = (name: string, pair: ReturnType<typeof ed25519>) => {
  writeFileSync(join(keys, `${name}.pem`), pair.privateKey);
  writeFileSync(join(keys, `${name}.pub`), pair.publicKey);
  return { sign: join(keys, `${name}.pem`), key: join(keys, `${name}.pub`) };
};
const ed25519 = () =>
  generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const own = keyFile('own', ed25519());
const other = keyFile('other', ed25519());
let ran: Shown;

beforeAll(async () => {
  const flags = ['--suite', 'termination', '--suite', 'monitors', '--reporter', 'json', '--time-scale', '4'];
  ran = await command(
    [
      'run',
      listening.url,
      ...flags,
      '--header',
      'X-Own: a-secret-1234',
      '--output',
      made,
      '--sign',
      own.sign,
    ],
    engine,
  );
}, 60_000);

afterAll(async () => {
  zombie.close();
  await listening.close();
});

const verified = (path: string, ...flags: readonly string[]) => command(['verify', path, ...flags], engine);

/** A copy of the run in which somebody changed something. */
function changed(change: {
  readonly report?: (text: string) => string;
  readonly recording?: (text: string) => string;
}): string {
  const path = folder();
  cpSync(made, path, { recursive: true });
  for (const [name, edit] of [
    ['report.json', change.report],
    ['run.ndjson', change.recording],
  ] as const) {
    const file = join(path, name);
    if (edit !== undefined) writeFileSync(file, edit(readFileSync(file, 'utf8')));
  }
  return path;
}

const edited = (edit: (line: string) => string) => (text: string) =>
  text.split('\n').slice(0, -1).map(edit).join('\n').concat('\n');

/** With digests that fit again. */
const chained = (edit: (line: string) => string) => (text: string) => {
  const { link } = createChain();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => link(JSON.parse(edit(unlinked(line)))))
    .join('');
};

test('a run is verified from its folder and from its report, with the key of who signed it', async () => {
  expect(ran).toMatchObject({ exit: 1 });
  const { exit, out, err } = await verified(made, '--key', own.key);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  expect(out).toContain('✓ verified');
  expect(out).toMatch(/signature {3}Ed25519 by SHA256:[\w+/]{43}, /);
  expect(await verified(join(made, 'report.json'))).toMatchObject({ exit: 0 });
});

test('a signed record is not overwritten by what is not signed', async () => {
  const path = folder();
  cpSync(made, path, { recursive: true });
  const judge = ['judge', join(path, 'run.ndjson'), '--reporter', 'json', '--output', path];
  const refused = `report.json is signed, and would be lost: name another folder`;
  for (const words of [['run', listening.url, '--tag', 'core', '--output', path], judge]) {
    const { exit, err } = await command(words, engine);
    expect({ exit, err }).toEqual({ exit: 3, err: expect.stringContaining(refused) });
  }
  expect(await verified(path, '--key', own.key)).toMatchObject({ exit: 0 });
  // Formats beside the record, and a signature in place of a signature, lose nothing.
  const beside = await command(['report', path, '--reporter', 'markdown', '--output', path], engine);
  expect(beside).toMatchObject({ exit: 1 });
  expect((await command([...judge, '--sign', other.sign], engine)).exit).not.toBe(3);
});

test('a report of the same recording under another profile is verified too', async () => {
  const path = folder();
  cpSync(join(made, 'run.ndjson'), join(path, 'run.ndjson'));
  const again = [
    'judge',
    join(path, 'run.ndjson'),
    '--profile',
    'interop',
    '--reporter',
    'json',
    '--output',
    path,
  ];
  expect((await command([...again, '--sign', other.sign], engine)).err).not.toContain('sessionspec:');
  expect(await verified(path, '--key', other.key)).toMatchObject({ exit: 0 });
});

test('failures that a baseline excused are excused when the report is verified', async () => {
  const [known, path] = [join(folder(), 'known.yaml'), folder()];
  await command(['baseline', 'init', join(made, 'report.json'), '--output', known], engine);
  const judge = [
    'judge',
    join(path, 'run.ndjson'),
    '--baseline',
    known,
    '--reporter',
    'json',
    '--output',
    path,
  ];
  cpSync(join(made, 'run.ndjson'), join(path, 'run.ndjson'));
  expect(await command(judge, engine)).toMatchObject({ exit: 0 });
  const { exit, out } = await verified(path);
  expect(out).toContain('excused by the baseline');
  expect(exit).toBe(0);
  const file = join(path, 'report.json');
  const { baseline: _, ...without } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(without));
  expect(await verified(path)).toMatchObject({
    exit: 1,
    out: expect.stringContaining('gate.exit is 0, and the recording gives 1'),
  });
});

test('openssl says of a signature what we say', async () => {
  const { provenance } = JSON.parse(readFileSync(join(made, 'report.json'), 'utf8'));
  const { signedText } = await import('../../report/digest.js');
  const path = folder();
  const report = JSON.parse(readFileSync(join(made, 'report.json'), 'utf8'));
  writeFileSync(join(path, 'text'), signedText(report, provenance.recording));
  writeFileSync(join(path, 'signature'), Buffer.from(provenance.signature.value, 'base64'));
  const flags = ['-verify', '-pubin', '-inkey', own.key, '-rawin', '-in', join(path, 'text')];
  expect(
    execFileSync('openssl', ['pkeyutl', ...flags, '-sigfile', join(path, 'signature')], { encoding: 'utf8' }),
  ).toContain('Verified Successfully');
});

const id = 'termination.request-after-delete';

test.each([
  [
    'a verdict in the report',
    {
      report: (text: string) => {
        const report = JSON.parse(text);
        const results = report.results.map(({ reason, standing, harm, ...one }: Record<string, unknown>) =>
          one['id'] === id ? { ...one, verdict: 'pass', counts: false } : { ...one, reason, standing, harm },
        );
        return `${JSON.stringify({ ...report, results }, null, 2)}\n`;
      },
    },
    new RegExp(`report.json:\\d+ {2}${id} @ 2025-11-25: verdict is "pass", and the recording gives "fail"`),
  ],
  [
    'the gate in the report',
    { report: (text: string) => text.replace('"exit": 1', '"exit": 0') },
    /report.json:\d+ {2}gate.exit is 0, and the recording gives 1/,
  ],
  [
    'a result that was taken out of the report',
    {
      report: (text: string) => {
        const report = JSON.parse(text);
        return JSON.stringify({ ...report, results: report.results.slice(1) });
      },
    },
    /report.json {2}termination\.\S+ @ 2025-11-25: its result is missing/,
  ],
  [
    'a line of the recording',
    { recording: edited((line) => line.replace('"status":200', '"status":404')) },
    /run.ndjson:\d+ {2}its digest does not follow from the line above/,
  ],
  [
    'the order of the recording',
    {
      recording: (text: string) =>
        text
          .split('\n')
          .with(4, text.split('\n')[5] ?? '')
          .with(5, text.split('\n')[4] ?? '')
          .join('\n'),
    },
    /run.ndjson:5 {2}its digest does not follow/,
  ],
  [
    'a line cut out',
    { recording: (text: string) => text.split('\n').toSpliced(6, 1).join('\n') },
    /run.ndjson:7 {2}its digest does not follow/,
  ],
  [
    'the end cut off',
    { recording: (text: string) => `${text.split('\n').slice(0, -3).join('\n')}\n` },
    /run.ndjson:\d+ {2}it was cut off: its last line is no footer/,
  ],
  [
    'a recording with new digests',
    { recording: chained((line) => line.replace('"startedAt":"20', '"startedAt":"19')) },
    /run.ndjson:\d+ {2}it ends with [0-9a-f]{64}, and the report was made of one that ends with/,
  ],
  [
    'answers in a recording with new digests',
    {
      recording: chained((line) =>
        line.includes(id) ? line.replaceAll('"status":200', '"status":404') : line,
      ),
    },
    new RegExp(`${id} @ 2025-11-25: .* and the recording gives`),
  ],
  [
    'other suites',
    {
      report: (text: string) =>
        text.replace(/("suite": "termination",\s*"digest": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
    },
    /report.json {2}the suite termination had the digest 0{64}, and here it is [0-9a-f]{64}/,
  ],
  [
    'another profile',
    {
      report: (text: string) =>
        text.replace(/("profile": "spec",\s*"digest": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
    },
    /report.json {2}the profile spec had the digest 0{64}/,
  ],
  [
    'no provenance',
    { report: (text: string) => JSON.stringify({ ...JSON.parse(text), provenance: undefined }) },
    /report.json {2}it names no recording/,
  ],
  [
    'a signature that is none',
    { report: (text: string) => text.replace(/("value": ")[^"]{8}/, '$1AAAAAAAA') },
    /report.json {2}its signature is not that of SHA256:/,
  ],
  [
    'a key that is none',
    { report: (text: string) => text.replace(/("publicKey": ")[^"]+/, '$1AAAA') },
    /report.json {2}what it names as the key of its signature is no Ed25519 key/,
  ],
] as const)('%s is told with its place', async (_, change, says) => {
  const { exit, out } = await verified(changed(change));
  expect(out).toMatch(says);
  expect(exit).toBe(1);
});

/** The report that a changed recording gives, as a forger would make it. */
async function madeAnew(recording: (text: string) => string): Promise<Shown> {
  const path = changed({ recording });
  await command(['judge', join(path, 'run.ndjson'), '--reporter', 'json', '--output', path], engine);
  return verified(path);
}

const closes = (check: string) => (line: string) =>
  line.startsWith(`{"kind":"check","result":{"id":"${check}"`);

test('a check that is no longer named is told, though all digests and the report were made again', async () => {
  const of = (line: string) => line.startsWith(`{"kind":"entry","check":"${id}"`) || closes(id)(line);
  const { exit, out } = await madeAnew((text) =>
    chained((line) =>
      line
        .replace(/^({"kind":"header".*?"checks":\[.*?)"termination.request-after-delete",/, '$1')
        .replace(
          /^({"kind":"footer".*"fail":)(\d+)/,
          (_, before: string, count: string) => `${before}${Number(count) - 1}`,
        ),
    )(
      text
        .split('\n')
        .filter((line) => !of(line))
        .join('\n'),
    ),
  );
  expect(out).toContain(
    `run.ndjson:1  ${id}: the header has it neither among the checks nor among those left out`,
  );
  expect(out).toMatch(/run.ndjson:\d+ {2}the facts ask for other checks than those that were to run/);
  expect(exit).toBe(1);
});

test('a verdict without its exchanges is told, though all digests and the report were made again', async () => {
  const { exit, out } = await madeAnew((text) =>
    chained((line) => (closes(id)(line) ? line.replace(/,"transcript":.*/, '}') : line))(
      text
        .split('\n')
        .filter((line) => !line.startsWith(`{"kind":"entry","check":"${id}"`))
        .join('\n'),
    ),
  );
  expect(out).toContain(`${id} @ 2025-11-25: the check applies, and its verdict is fail without an exchange`);
  expect(exit).toBe(1);
});

test('all made again is found out by the signature alone', async () => {
  const path = changed({ recording: chained((line) => line.replace('"seed":', '"seed":1')) });
  const judge = ['judge', join(path, 'run.ndjson'), '--reporter', 'json', '--output', path];
  rmSync(join(path, 'report.json'));
  await command(judge, engine);
  expect(await verified(path)).toMatchObject({ exit: 0, out: expect.stringContaining('signature   none') });
  const unsigned = await verified(path, '--key', own.key);
  expect(unsigned).toMatchObject({
    exit: 1,
    out: expect.stringContaining('it is not signed, and --key asks for a signature'),
  });
  await command([...judge, '--sign', other.sign], engine);
  const stranger = await verified(path, '--key', own.key);
  expect(stranger.exit).toBe(1);
  expect(stranger.out).toMatch(/it is signed by SHA256:\S+, and not by SHA256:\S+ of --key/);
});

test('what cannot be read is exit 3, and the others are verified all the same', async () => {
  const without = changed({});
  rmSync(join(without, 'run.ndjson'));
  const text = changed({ report: () => 'a poem' });
  const poem = changed({ report: () => '{}' });
  const { exit, out, err } = await command(
    ['verify', without, text, poem, join(made, 'nothing'), made],
    engine,
  );
  expect(exit).toBe(3);
  expect(out).toContain('✓ verified');
  expect(err).toContain('run.ndjson cannot be read: it does not exist');
  expect(err).toContain('report.json: it is not JSON');
  expect(err).toContain('report.json: it names no format');
  expect(err).toContain('nothing cannot be read: it does not exist');
});

test('a key that cannot sign is a mistake before anything is sent', async () => {
  const rsa = join(keys, 'rsa.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(rsa, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const unreached = { run: () => Promise.reject(new Error('it ran')) };
  const signing = async (key: string, ...flags: readonly string[]) =>
    (await command(['run', listening.url, '--sign', key, ...flags], unreached)).err;
  const reports = ['--reporter', 'json', '--output', folder()];
  expect(await signing(rsa, ...reports)).toContain(
    'holds a key of rsa; an Ed25519 key without a passphrase is needed',
  );
  expect(await signing(join(keys, 'none'), ...reports)).toContain('cannot be read: it does not exist');
  expect(await signing(own.key, ...reports)).toContain('holds no PEM key that can be read');
  expect(await signing(own.sign)).toContain('--sign writes into report.json');
});

test('a verdict that was written over is a mismatch, in words and not by a schema alone', async () => {
  const path = changed({ report: (text) => text.replaceAll('"verdict": "fail"', '"verdict": "pass"') });
  const { exit, out, err } = await verified(path);
  expect({ exit, err }).toEqual({ exit: 1, err: '' });
  expect(out).toMatch(/✗ does not match\n {2}.*report\.json {2}it was changed, or is of another version: /);
});

test('what is not compared is said: whose key it is, and the other files', async () => {
  const path = changed({});
  writeFileSync(join(path, 'badge.svg'), '<svg/>');
  const { out } = await verified(path);
  expect(out).toMatch(/whose key that is was not compared: --key FILE/);
  expect(out).toMatch(/not covered badge\.svg; /);
  expect((await verified(path, '--key', own.key)).out).toMatch(/Ed25519 by SHA256:\S+, the key of --key\n/);
});
