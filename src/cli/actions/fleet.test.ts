import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFleet, renderDiagnostic } from '../../load/index.js';
import { failed, passed, sampleResult, sampleRun } from '../../testing/sample.js';
import type { Engine } from '../ports.js';
import { folder } from '../testing/folder.js';
import { command } from '../testing/sample.js';

/** Answers every request, which is all that the pretended stages want. */
const answers = `require('node:http').createServer((_, res) => res.end()).listen(process.env.PORT, '127.0.0.1')`;
const quotedNode = `'${process.execPath}'`;
const env = { PATH: process.env['PATH'] ?? '' };

interface Made {
  readonly server?: string;
  readonly more?: string;
}

/** A fleet of subjects in a new folder; each has a server that answers, unless it is given another command. */
function fleetOf(subjects: Readonly<Record<string, Made>>, more = ''): string {
  const there = folder();
  writeFileSync(join(there, 'fleet.yaml'), `subjects: [.]\n${more}`);
  writeFileSync(join(there, 'answers.cjs'), answers);
  for (const [name, { server = `exec ${quotedNode} ../answers.cjs`, more: own = '' }] of Object.entries(
    subjects,
  )) {
    mkdirSync(join(there, name));
    writeFileSync(
      join(there, name, 'subject.yaml'),
      `title: ${name}\nimplementation: ours\nversion: '1'\n${own}`,
    );
    const url = 'http://127.0.0.1:{port}/mcp';
    writeFileSync(join(there, name, 'sessionspec.yaml'), `url: ${url}\nserver: ${JSON.stringify(server)}\n`);
  }
  return there;
}

const engine: Partial<Engine> = {
  fleet: (path, environment) => {
    const { fleet, diagnostics } = loadFleet(path, environment);
    return Promise.resolve({ ...(fleet && { fleet }), problems: diagnostics.map(renderDiagnostic) });
  },
  run: () => Promise.resolve(sampleRun([sampleResult(passed, { id: 'reuse.own-id' })], [])),
};
const finding: Partial<Engine> = {
  ...engine,
  run: () => Promise.resolve(sampleRun([sampleResult(failed, { id: 'reuse.own-id' })], [])),
};

const run = (there: string, flags: readonly string[] = [], stages = engine, output = join(there, 'site')) =>
  command(['fleet', join(there, 'fleet.yaml'), '--output', output, ...flags], stages, env);

test('what is poisoned has its own outcome, and the others are examined', async () => {
  const there = fleetOf({
    good: {},
    'not-built': { more: "build: 'echo no such module >&2; exit 3'\n" },
    'not-started': { server: 'echo broken >&2; exit 1' },
    'not-here': { more: 'needs: [no-such-compiler]\n' },
    'good-too': { more: 'build: echo built > made\n' },
  });
  const { exit, out, err } = await run(there, ['--jobs', '2']);
  expect({ exit, err }).toEqual({ exit: 2, err: '' });
  expect(out).toMatch(/✓ good  .*\(\d+ s\)/);
  expect(out).toMatch(/✓ good-too {2}/);
  expect(out).toContain(
    '? not-built  no report, at its build: the build failed (exit code 3); it wrote: no such module',
  );
  expect(out).toMatch(/\? not-started {2}no report, at its start: .*it wrote: broken/);
  expect(out).toContain('✓ not-here  skipped: no-such-compiler not found on PATH');
  expect(out).toContain('2 targets examined, 1 skipped, 2 without a report;');
  expect(existsSync(join(there, 'good-too/made'))).toBe(true);
  const index = readFileSync(join(there, 'site/index.html'), 'utf8');
  const data = readFileSync(join(there, 'site/data.json'), 'utf8');
  for (const name of ['good', 'not-built', 'not-started', 'not-here', 'good-too'])
    for (const text of [index, data]) expect(text).toContain(name);
});

test('what is found is compared with what was recorded', async () => {
  const there = fleetOf({ one: {} }, 'records: found\n');
  expect(await run(there)).toMatchObject({ exit: 1, out: expect.stringContaining('no record yet') });
  expect(await run(there, ['--update'])).toMatchObject({ exit: 0 });
  expect(await run(there)).toMatchObject({ exit: 0, out: expect.stringContaining('as recorded') });
  const changed = await run(there, [], finding);
  expect(changed.exit).toBe(1);
  expect(changed.out).toContain('reuse.own-id @ 2025-11-25: pass → fail');
});

test('what is said to be unsteady is told with its reason, and does not count', async () => {
  const there = fleetOf({ one: { more: 'unsteady: { reuse.*: it draws lots }\n' } }, 'records: found\n');
  await run(there, ['--update']);
  const changed = await run(there, [], finding);
  expect(changed.exit).toBe(0);
  expect(changed.out).toContain(
    'reuse.own-id @ 2025-11-25: pass → fail; it is unsteady and does not count: it draws lots',
  );
  expect(readFileSync(join(there, 'site/implementations/ours.html'), 'utf8')).toContain('it draws lots');
});

test('an update that leaves a target without a record is no success', async () => {
  const there = fleetOf({ one: {}, two: { more: 'build: exit 3\n' } }, 'records: found\n');
  expect(await run(there, ['--update'])).toMatchObject({ exit: 2 });
  expect(existsSync(join(there, 'found/one/record.json'))).toBe(true);
});

test('an error of ours is the outcome of one target, and the others are examined', async () => {
  let calls = 0;
  const erring: Partial<Engine> = {
    ...engine,
    run: () => {
      calls += 1;
      if (calls === 1) throw new TypeError('of undefined');
      return Promise.resolve(sampleRun([sampleResult(passed, { id: 'reuse.own-id' })], []));
    },
  };
  const { exit, out } = await run(fleetOf({ one: {}, two: {} }), ['--jobs', '1'], erring);
  expect(exit).toBe(4);
  expect(out).toContain('! one  no report: an error of sessionspec: of undefined');
  expect(out).toContain('✓ two');
});

test('without records the gate of each target counts', async () => {
  const there = fleetOf({ one: {}, two: {} });
  expect((await run(there)).exit).toBe(0);
  expect((await run(there, [], finding)).exit).toBe(1);
});

test('parts that are put together are what one run is', async () => {
  const there = fleetOf({ one: {}, two: {}, three: {} });
  const [whole, first, second, joined] = ['whole', 'first', 'second', 'joined'].map((name) =>
    join(there, '.out', name),
  );
  if (!whole || !first || !second || !joined) throw new Error('there are four');
  await run(there, [], engine, whole);
  await run(there, ['--shard', '1/2'], engine, first);
  const collect = ['--collect', first, '--collect', second];
  const missing = await run(there, collect, engine, joined);
  expect(missing).toMatchObject({
    exit: 2,
    err: expect.stringContaining('for: three; run the missing parts'),
  });
  await run(there, ['--shard', '2/2'], engine, second);
  expect(await run(there, collect, engine, joined)).toMatchObject({ exit: 0 });
  const [one, other] = [whole, joined].map((site) => readFileSync(join(site, 'index.html'), 'utf8'));
  expect(other).toBe(one);
});

test('an outcome that says another target, or other work, is not taken for one of this', async () => {
  const there = fleetOf({ one: {}, two: {} });
  const [part, joined] = ['part', 'joined'].map((name) => join(there, '.out', name));
  if (!part || !joined) throw new Error('there are two');
  await run(there, ['--only', 'one'], engine, part);
  const one = readFileSync(join(part, 'data/one.json'), 'utf8');
  writeFileSync(join(part, 'data/two.json'), one.replace('"target": "one"', '"target": "two"'));
  writeFileSync(join(part, 'data/up.json'), one.replace('"target": "one"', '"target": "../../up"'));
  const refused = await run(there, ['--collect', part], engine, joined);
  expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('for: two; run') });
  expect(refused.out.match(/✓ one/g)).toHaveLength(1);
  expect(existsSync(join(joined, 'data/two.json'))).toBe(false);
});

test('a fleet is resumed where the work is the same', async () => {
  const there = fleetOf({ one: {}, two: {} });
  let runs = 0;
  const counting: Partial<Engine> = {
    ...engine,
    run: () => {
      runs += 1;
      return Promise.resolve(sampleRun([sampleResult(passed, { id: 'reuse.own-id' })], []));
    },
  };
  const output = join(there, '.out');
  await run(there, ['--only', 'one'], counting, output);
  await run(there, ['--resume'], counting, output);
  expect(runs).toBe(2);
  writeFileSync(join(there, 'two', 'server.txt'), 'changed');
  await run(there, ['--resume'], counting, output);
  expect(runs).toBe(3);
});

test('a machine gets an event a line', async () => {
  const { out } = await run(fleetOf({ one: {} }), ['--reporter', 'ndjson']);
  const events = out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(events).toMatchObject([
    { kind: 'began', targets: 1 },
    { kind: 'examined', target: 'one', exit: 0, gate: { exit: 0 } },
    { kind: 'ended', exit: 0 },
  ]);
});

test('mistakes are said before anything is started', async () => {
  const there = fleetOf({ one: {} });
  const says = async (...flags: readonly string[]) => {
    const { exit, err } = await run(there, flags);
    return `${exit} ${err}`;
  };
  expect(await says('--only', 'oen')).toMatch(/^3 .*--only "oen" matches nothing.*one/);
  expect(await says('--shard', '2/2')).toMatch(/^3 .*leaves no target/);
  expect(await says('--update')).toMatch(/^3 .*names none/);
  expect(await says('--jobs', '0')).toMatch(/^3 /);
  writeFileSync(join(there, 'fleet.yaml'), 'subject: [.]\n');
  expect(await says()).toMatch(/^3 .*fleet\.yaml:1:1: .*subjects/s);
});
