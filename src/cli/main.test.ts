import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Engine } from './ports.js';
import { command, sampleCheck, sampleEngine, sampleSuites } from './testing/sample.js';
import { firstSteps } from './first-steps.js';
import { folder } from './testing/folder.js';

const url = 'http://127.0.0.1:4000/mcp';
const file = (text: string, name = 'file') => {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
};

test('a run prints its report and exits as the gate says', async () => {
  const bare = await command([url]);
  expect(bare.out).toContain('✗ Not conformant: a MUST failed.');
  expect(bare).toMatchObject({ exit: 1, err: '' });
  expect(await command(['run', url])).toEqual(bare);
});

async function ids(...flags: readonly string[]): Promise<readonly string[]> {
  let seen: readonly string[] = [];
  await command(['run', url, ...flags], {
    run: (selected, options) => {
      seen = selected.checks.map(({ id }) => id);
      return sampleEngine.run(selected, options);
    },
  });
  return seen;
}

test('what is selected is what runs', async () => {
  expect(await ids('--suite', 'reuse')).toEqual(['reuse.own-id']);
  expect(await ids('--check', 'termination.*', '--skip', '*.others-*')).toEqual([
    'termination.post-after-delete',
  ]);
  expect(await ids('--tag', 'core')).toEqual(['termination.post-after-delete', 'reuse.own-id']);
  expect(await ids('--check', 'reuse.own-id', '--check', '*.others-live-on')).toHaveLength(2);
});

test('one machine-readable report goes to standard output, alone', async () => {
  const { out, err } = await command(['run', url, '--reporter', 'json']);
  expect(JSON.parse(out)).toMatchObject({ format: 'sessionspec-report/3', gate: { exit: 1 } });
  expect(err).toBe('');
});

test('a folder gets every report asked for, and the recording, at any verdict', async () => {
  const path = join(folder(), 'deep', 'out');
  const { exit, out, err } = await command(['run', url, '--reporter', 'json,junit', '--output', path]);
  expect({ exit, out, err }).toEqual({ exit: 1, out: '', err: 'Not conformant: a MUST failed.\n' });
  expect(JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'))).toMatchObject({ profile: 'spec' });
  expect(readFileSync(join(path, 'junit.xml'), 'utf8')).toContain('<testsuites');
  const judged = await command(['judge', join(path, 'run.ndjson')]);
  expect(judged).toMatchObject({ exit: 1, err: '' });
  expect(judged.out).toContain('checks      termination.post-after-delete');
});

test('a recording that is judged again names the command that reached the target', async () => {
  const path = folder();
  await command(['run', `${url}?token=abc12345`, '--header', 'X-Own: secret-value', '--output', path]);
  const { out } = await command(['judge', join(path, 'run.ndjson')]);
  expect(out).toContain("token=«secret»' --check termination.post-after-delete");
  expect(out).toContain("--header 'X-Own: …'");
  const written = readFileSync(join(path, 'run.ndjson'), 'utf8');
  expect(written).not.toMatch(/abc12345|secret-value/);
});

test('a recording that was cut off is judged as far as it goes, and says so', async () => {
  const path = folder();
  await command(['run', url, '--output', path]);
  const lines = readFileSync(join(path, 'run.ndjson'), 'utf8').split('\n');
  const cut = file(lines.slice(0, 5).join('\n'));
  expect((await command(['judge', cut])).err).toContain('the recording was cut off');
});

test('suites that changed since a run was recorded are named', async () => {
  const path = folder();
  await command(['run', url, '--output', path]);
  const [first, ...others] = sampleSuites;
  const changed = first ? [{ ...first, title: 'Other' }, ...others] : [];
  const { err } = await command(['judge', join(path, 'run.ndjson')], { builtIn: () => changed });
  expect(err).toBe('sessionspec: suites that changed since the run: termination\n');
});

test('list --json tells what other tools need', async () => {
  const { out } = await command(['list', '--json', '--check', 'termination.post-*']);
  expect(JSON.parse(out)).toEqual([
    {
      id: 'termination.post-after-delete',
      suite: 'termination',
      title: 'About termination.post-after-delete',
      keys: ['SM.404'],
      levels: {
        '2025-11-25': { level: 'MUST', source: 'specification' },
        '2025-06-18': { level: 'MUST', source: 'specification' },
      },
      revisions: ['2025-11-25', '2025-06-18'],
      needs: ['sessions', 'delete'],
      tags: ['core'],
      mutants: ['zombie'],
    },
  ]);
  expect((await command(['list'])).out).toMatch(/^termination {2}Ending a session\n/);
});

test('explain says requirement, link, needs and which defects are found', async () => {
  const { out } = await command(['explain', 'termination.post-after-delete']);
  expect(out).toContain(
    'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
  );
  expect(out).toContain('delete: a client may end its session by DELETE');
  expect(out).toContain('zombie: Goes on serving.');
  expect((await command(['explain', 'reuse.own-id'])).out).toContain('Unproven');
});

test('facts and plan show what was found, or why nothing was', async () => {
  expect((await command(['facts', url])).out).toContain('counter 1.0.0');
  expect(JSON.parse((await command(['facts', url, '--json'])).out)).toMatchObject([
    { revision: '2025-11-25' },
  ]);
  expect((await command(['plan', url])).out).toContain(
    '3 of 3 checks run, with 6 requests to a server that answers as it should',
  );
  expect((await command(['plan', url, '--footprint'])).out).toContain(
    '26 requests if the server answers as it should, 20 of them before the first check, 0 by sessions that live through the run; never more than 29',
  );
  expect(JSON.parse((await command(['plan', url, '--json'])).out)).toMatchObject({
    requests: 6,
    entries: [{ check: 'termination.post-after-delete', revision: '2025-11-25', run: true }, {}, {}],
  });
  expect(JSON.parse((await command(['plan', url, '--footprint', '--json'])).out)).toMatchObject({
    checks: 3,
    discovery: 20,
    requests: 26,
    requestsMax: 29,
  });
  expect(
    await command(['facts', url], {
      facts: async () => ({ kind: 'unusable', sentence: 'nothing listens there' }),
    }),
  ).toEqual({
    exit: 2,
    out: '',
    err: 'sessionspec: nothing listens there\n',
  });
});

test('lint shows every mistake and exits 3, or counts what is fine', async () => {
  const path = file('', 'mine.yaml');
  const bad = await command(['lint', path], {
    read: async () => ({ suites: [], problems: ['a.yaml:1:1: no'] }),
  });
  expect(bad).toEqual({ exit: 3, out: '', err: 'a.yaml:1:1: no\nsessionspec: 1 mistake\n' });
  const good = await command(['lint', path], { read: async () => ({ suites: sampleSuites, problems: [] }) });
  expect(good).toEqual({ exit: 0, out: '2 suites with 3 checks, no mistakes\n', err: '' });
});

test('a suite of the user runs beside the built-in ones, and may not take their ids', async () => {
  const path = file('', 'mine.yaml');
  expect(
    (await command(['list', '--suite', path], { read: async () => ({ suites: sampleSuites, problems: [] }) }))
      .err,
  ).toContain('is taken by a built-in check');
  const broken = await command(['list', '--suite', path], {
    read: async () => ({ suites: [], problems: ['mine.yaml:1:1: no'] }),
  });
  expect(broken).toMatchObject({ exit: 3, err: 'sessionspec: a suite has mistakes\nmine.yaml:1:1: no\n' });
});

const run = () => Promise.reject(new Error('oh\n  no'));

test('a bug of ours is one line and exit 4; the stack only on demand', async () => {
  const quiet = await command(['run', url], { run });
  expect(quiet).toEqual({ exit: 4, out: '', err: 'sessionspec: oh no (this is a bug in sessionspec)\n' });
  const loud = await command(['run', url], { run }, { SESSIONSPEC_DEBUG: '1' });
  expect(loud.err).toContain('main.test.ts');
});

test('a run that throws leaves the recording of what was finished', async () => {
  const path = folder();
  const dying: Partial<Engine> = {
    async run(checks, options) {
      await sampleEngine.run(checks, options);
      throw new Error('late');
    },
  };
  expect((await command(['run', url, '--output', path], dying)).exit).toBe(4);
  const judged = await command(['judge', join(path, 'run.ndjson')]);
  expect(judged.err).toContain('cut off');
  expect(judged.out).toContain('termination.post-after-delete');
});

test('no word at all gets the three ways to begin, on standard error, and is not green', async () => {
  const { exit, out, err } = await command([]);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
  expect(err.match(/^ {2}npx sessionspec .*$/gm)).toEqual([
    '  npx sessionspec http://127.0.0.1:3000/mcp',
    "  npx sessionspec 'http://127.0.0.1:{port}/mcp' --server 'node server.js --port {port}'",
    '  npx sessionspec init',
    '  npx sessionspec run --config sessionspec.yaml',
  ]);
  expect(err.trimEnd().split('\n').length).toBeLessThan(16);
});

test('where a description is there, the way to it is named', () => {
  const path = file('', 'sessionspec.yaml');
  expect(firstSteps(join(path, '..'))).toContain('The one that sessionspec.yaml describes:');
  expect(firstSteps(folder())).toContain('npx sessionspec init');
});

test('help and version are no mistakes', async () => {
  expect(await command(['--version'])).toEqual({ exit: 0, out: '0.1.0\n', err: '' });
  const { exit, out } = await command(['run', '--help']);
  expect(exit).toBe(0);
  for (const option of [
    '--suite',
    '--check',
    '--skip',
    '--tag',
    '--revision',
    '--profile',
    '--header',
    '--server',
  ]) {
    expect(out).toContain(option);
  }
  for (const group of ['Which checks:', 'Verdict and exit code:', 'Reports:', 'Examples:'])
    expect(out).toContain(group);
});

test('the help has every command in a group by what people do', async () => {
  const { out } = await command(['--help']);
  expect(out).not.toContain('\nCommands:');
  expect(out.match(/^\w.*:$/gm)).toEqual([
    'Options:',
    'Examine a server:',
    'Look:',
    'Work with recorded runs and reports:',
    'Examine many servers:',
    'Write suites of your own:',
    'sessionspec itself:',
  ]);
});

test('nothing that a suite or a target says reaches the terminal as a control sequence', async () => {
  const hostile = '\u001b[2J\u202e';
  const check = sampleCheck('a.b', { title: hostile, tags: [hostile] });
  const builtIn = () => [{ suite: 'a', title: hostile, order: 1, checks: [check], monitors: [] }];
  const facts = async () => ({ kind: 'unusable', sentence: hostile }) as const;
  const shown = [
    await command(['list'], { builtIn }),
    await command(['explain', 'a.b'], { builtIn }),
    await command(['facts', url], { facts }),
    await command(['plan', url], { facts }),
  ];
  expect(shown.map(({ out, err }) => out + err).join('')).not.toMatch(/[^\P{C}\n]/u);
});
