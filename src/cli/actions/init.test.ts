// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { loadTarget } from '../../load/index.js';
import { mark } from '../../model/probe.js';
import { sampleFacts } from '../../testing/sample.js';
import { Mistake } from '../mistake.js';
import type { InitFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { folder } from '../testing/folder.js';
import { sampleEngine } from '../testing/sample.js';
import { initAction } from './init.js';

const written = (text: string) => {
  const path = join(folder(), 'sessionspec.yaml');
  writeFileSync(path, text);
  return path;
};

const io = (out: string[], answers?: string[]): Io => ({
  out: (text: string) => void out.push(text),
  err: () => undefined,
  env: {},
  colors: picocolors.createColors(false),
  columns: 120,
  onInterrupt: () => () => undefined,
  onExit: () => () => undefined,
  ...(answers && {
    ask: (question: string) => {
      out.push(question);
      return Promise.resolve(answers.shift() ?? '');
    },
  }),
});
const flags: InitFlags = { header: [], as: [], replica: [] };
const initialized = async (url?: string, engine: Partial<Engine> = {}) => {
  const [to, out]: [string, string[]] = [folder(), []];
  const exit = await initAction(url, flags, io(out), { ...sampleEngine, ...engine }, to);
  const path = join(to, 'sessionspec.yaml');
  return { exit, out: out.join(''), to, text: readFileSync(path, 'utf8'), loaded: loadTarget(path, {}) };
};

test('writes a description that can be read', async () => {
  const { exit, out, text, loaded } = await initialized();
  expect([exit, out]).toEqual([0, expect.stringContaining('run --config sessionspec.yaml')]);
  expect(text).toMatch(/^# yaml-language-server: \$schema=/);
  expect(loaded).toEqual({ target: { url: 'http://127.0.0.1:3000/mcp' }, diagnostics: [] });
});

test('can be read with every comment taken out, too', async () => {
  const { text } = await initialized();
  const path = written(
    text
      .split('\n')
      .filter((line) => !/^# [A-Z{$]/.test(line) && !line.startsWith('# server') && !line.includes('yaml-'))
      .map((line) => line.replace(/^# /, ''))
      .join('\n'),
  );
  const env = { TOKEN: 'a', ALICE_TOKEN: 'b', BOB_TOKEN: 'c' };
  expect(loadTarget(path, env).diagnostics).toEqual([]);
});

test('fills in what was found out', async () => {
  const call = (name: string, args: object) => ({
    method: 'tools/call',
    params: { name, arguments: { ...args } },
  });
  const facts = {
    ...sampleFacts,
    tools: ['note', 'notes', 'who\u001b', 'other'],
    probes: {
      plain: { method: 'ping' },
      state: {
        write: call('note', { text: `${mark}\${nonce}` }),
        read: call('notes', {}),
        shows: 'marks' as const,
      },
      identity: call('who\u001b', {}),
    },
  };
  const { text, loaded } = await initialized('http://127.0.0.1:4000/mcp', {
    facts: () => Promise.resolve({ kind: 'found', facts: [facts], requests: 1 }),
  });
  expect(text).not.toContain('\u001b');
  expect(text).toContain('# Not recognised: other\n');
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.target).toEqual({
    url: 'http://127.0.0.1:4000/mcp',
    tools: {
      state: {
        write: { name: 'note', arguments: { text: '${nonce}' } },
        read: { name: 'notes', arguments: {} },
        shows: 'marks',
      },
      identity: { name: 'who\u001b', arguments: {} },
    },
  });
});

test('never overwrites, and asks the server nothing then', async () => {
  const { to } = await initialized();
  const asked = { ...sampleEngine, facts: () => Promise.reject(new Error('it was asked')) };
  await expect(initAction('http://127.0.0.1:4000/mcp', flags, io([]), asked, to)).rejects.toThrow(
    new Mistake('sessionspec.yaml exists already; it was not changed'),
  );
  await expect(initAction(undefined, flags, io([]), sampleEngine, join(to, 'none'))).rejects.toThrow(
    'sessionspec.yaml cannot be written: it does not exist',
  );
});

test('writes nothing where nothing is found out', async () => {
  const facts = () => Promise.resolve({ kind: 'unusable' as const, sentence: 'nothing listens there' });
  await expect(initialized('http://127.0.0.1:4000/mcp', { facts })).rejects.toThrow('nothing listens there');
});

const listening = `'${process.execPath}' -e "require('http').createServer((q, s) => s.end()).listen(process.env.PORT, '127.0.0.1')"`;

test('a command alone is enough: it is started on a free port and asked', async () => {
  const to = folder();
  const out: string[] = [];
  await initAction(undefined, { ...flags, server: listening }, io(out), sampleEngine, to);
  const { target } = loadTarget(join(to, 'sessionspec.yaml'), {});
  expect(target).toMatchObject({ url: 'http://127.0.0.1:{port}/mcp', server: listening });
  expect(out.join('')).toBe(
    'found: counter 1.0.0, revision 2025-11-25, session ids, 1 tool (none of a kind that is known)\nsessionspec.yaml is written; now: npx sessionspec run --config sessionspec.yaml\n',
  );
});

test('a person is asked for what no flag says, and proposed what is there', async () => {
  const [to, out]: [string, string[]] = [folder(), []];
  writeFileSync(join(to, 'package.json'), '{ "scripts": { "start": "node server.js" } }');
  await initAction(undefined, flags, io(out, [listening, '', 'github']), sampleEngine, to);
  expect(out.slice(0, 3).map((line) => /\[.*\]/.exec(line)?.[0])).toEqual([
    '[npm start]',
    '[http://127.0.0.1:{port}/mcp]',
    '[-]',
  ]);
  expect(readFileSync(join(to, 'sessionspec.yaml'), 'utf8')).toContain('url: "http://127.0.0.1:{port}/mcp"');
  expect(readFileSync(join(to, '.github/workflows/sessions.yml'), 'utf8')).toBe(
    readFileSync(new URL('../../../ci/github.yml', import.meta.url), 'utf8'),
  );
});

test('nobody is asked where a flag says enough, or nobody can answer', async () => {
  for (const [url, answers] of [['http://127.0.0.1:4000/mcp', ['no']], [undefined]] as const) {
    const out: string[] = [];
    const asking = answers && [...answers];
    await initAction(url, flags, io(out, asking), sampleEngine, folder());
    expect(out).toHaveLength(1);
  }
});

test('what runs it in CI is not overwritten either, and nothing is asked before that is known', async () => {
  const to = folder();
  mkdirSync(join(to, '.github/workflows'), { recursive: true });
  writeFileSync(join(to, '.github/workflows/sessions.yml'), 'mine');
  const asked = { ...sampleEngine, facts: () => Promise.reject(new Error('it was asked')) };
  await expect(
    initAction('http://127.0.0.1:4000/mcp', { ...flags, ci: 'github' }, io([]), asked, to),
  ).rejects.toThrow('.github/workflows/sessions.yml exists already; it was not changed');
});

test('what runs it in CI is written beside a description that is there, and that one stays', async () => {
  const [to, out]: [string, string[]] = [folder(), []];
  writeFileSync(join(to, 'package.json'), '{ "devDependencies": { "sessionspec": "0.1.0" } }');
  writeFileSync(join(to, 'package-lock.json'), '{}');
  writeFileSync(join(to, 'sessionspec.yaml'), 'mine');
  const asked = { ...sampleEngine, facts: () => Promise.reject(new Error('it was asked')) };
  const exit = await initAction(undefined, { ...flags, ci: 'github' }, io(out), asked, to);
  expect([exit, out.join('')]).toEqual([
    0,
    '.github/workflows/sessions.yml is written; sessionspec.yaml exists already and was not changed\n',
  ]);
  expect(readFileSync(join(to, 'sessionspec.yaml'), 'utf8')).toBe('mine');
  expect(readFileSync(join(to, '.github/workflows/sessions.yml'), 'utf8')).toContain('sessionspec');
});

test('what a workflow needs of the folder and does not find is said', async () => {
  const [to, out]: [string, string[]] = [folder(), []];
  writeFileSync(join(to, 'sessionspec.yaml'), 'mine');
  await initAction(undefined, { ...flags, ci: 'github' }, io(out), sampleEngine, to);
  expect(out.join('')).toContain('npm install --save-dev sessionspec');
  writeFileSync(join(to, 'package.json'), '{ "devDependencies": { "sessionspec": "0.1.0" } }');
  await initAction(undefined, { ...flags, ci: 'gitlab' }, io(out), sampleEngine, to);
  expect(out.at(-1)).toContain('needs a package-lock.json');
});

test('leaves out a tool whose messages repeat only the progress token, and writes what changes a resource', async () => {
  const call = (name: string) => ({ method: 'tools/call', params: { name, arguments: { n: 1 } } });
  const subscribe = { method: 'resources/subscribe', params: { uri: 'memo://today' } };
  const probes = {
    ...sampleFacts.probes,
    notify: call('route'),
    update: { subscribe, change: call('touch') },
  };
  const facts = () =>
    Promise.resolve({ kind: 'found', facts: [{ ...sampleFacts, probes }], requests: 1 } as const);
  const { loaded } = await initialized('http://127.0.0.1:3000/mcp', { facts });
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.target?.tools).toEqual({
    update: { uri: 'memo://today', change: { name: 'touch', arguments: { n: 1 } } },
  });
});
