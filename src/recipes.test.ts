import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { reporterNames } from './report/index.js';

// What people copy into their CI: it is what it says, and it runs.

const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** What a pattern finds, each once. */
const all = (pattern: RegExp, from: string) =>
  [...new Set([...from.matchAll(pattern)].map(([, name = '']) => name))].toSorted();

describe('action.yml', () => {
  const text = textOf('action.yml');
  const { inputs, outputs, runs } = parse(text) as Action;
  const script = textOf('ci/action.sh');

  test('uses each of its inputs, and none that it has not', () => {
    expect(all(/inputs\.([a-z-]+)/g, text)).toEqual(Object.keys(inputs).toSorted());
    expect(Object.values(inputs).every(({ description }) => description.length > 10)).toBe(true);
  });

  test('hands the script what it reads, and reads what it hands', () => {
    const [first] = runs.steps;
    expect(all(/\b(INPUT_[A-Z_]+)/g, script)).toEqual(Object.keys(first?.env ?? {}).toSorted());
  });

  test('gives out what the script tells', () => {
    const told = all(/printf '([a-z]+)=/g, script);
    expect(Object.keys(outputs).toSorted()).toEqual(told);
    for (const [name, { value }] of Object.entries(outputs))
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
  });

  test('is composed as a composite action must be: each command names its shell, and no input stands in one', () => {
    expect(runs.using).toBe('composite');
    expect(runs.steps.filter(({ run, uses }) => (run === undefined) === (uses === undefined))).toEqual([]);
    for (const { run, shell } of runs.steps.filter((step) => step.run !== undefined)) {
      expect(shell).toBe('bash');
      expect(run).not.toContain('${{');
    }
  });

  const formats: readonly string[] = reporterNames;
  const main = join(root, 'dist/fixtures/reference/main.js');
  const server = `'${process.execPath}' '${main}' --port {port}`;
  const local = { INPUT_URL: 'http://127.0.0.1:{port}/mcp', INPUT_OPTIONS: '--tag core\n--jobs 4\n' };

  test.concurrent.each([
    ['a server that conforms', { ...local, INPUT_SERVER: server }, '0', /^conformant: /],
    [
      'one that does not',
      { ...local, INPUT_SERVER: `${server} --mutant zombie-after-delete` },
      '1',
      /^not conformant: /,
    ],
    ['inputs that are wrong', { ...local, INPUT_PROFILE: 'spek' }, '3', /^nothing was examined$/],
  ])('is run for %s', async (_, env, exit, verdict) => {
    const { outcome, folder, said } = await acted(env);
    expect({ said, exit: outcome['exit'] }).toEqual({ said, exit });
    expect(outcome['verdict']).toMatch(verdict);
    const isExamined = exit !== '3';
    expect(outcome['report']).toBe(isExamined ? join(folder, 'sessionspec-report/report.json') : '');
    expect(existsSync(join(folder, 'sessionspec-report/report.json'))).toBe(isExamined);
  });

  test('takes a description that is there, and suites of its own', async () => {
    const folder = prepared();
    writeFileSync(
      join(folder, 'sessionspec.yaml'),
      `url: 'http://127.0.0.1:{port}/mcp'\nserver: ${JSON.stringify(server)}\n`,
    );
    writeFileSync(join(folder, 'one more.yaml'), suite);
    const { outcome } = await acted(
      { INPUT_SUITES: 'one more.yaml\n', INPUT_OPTIONS: '--check own.*' },
      folder,
    );
    expect(outcome['exit']).toBe('0');
    const report = JSON.parse(readFileSync(outcome['report'] ?? '', 'utf8'));
    expect(report.results.map(({ id }: { readonly id: string }) => id)).toEqual(['own.ping']);
  });

  test.runIf(formats.includes('github'))(
    'shows in GitHub what failed: in the summary of the step, and as an annotation',
    async () => {
      const { said, summary } = await acted({
        ...local,
        INPUT_SERVER: `${server} --mutant zombie-after-delete`,
      });
      expect(summary).toContain('termination.request-after-delete');
      expect(said).toMatch(/^::error title=/m);
    },
  );

  const suite = `suite: own
title: Ours
checks:
  - id: own.ping
    title: A ping is answered
    requirement: { level: house, says: a ping is answered with a result }
    steps:
      - open: alice
      - { send: ping, judge: { status: 200, result: true } }
`;
});

test('both templates run the same command, which the example has as init writes it', () => {
  const github = parse(textOf('ci/github.yml'));
  const gitlab = parse(textOf('ci/gitlab.yml'));
  const commands = github.jobs.sessions.steps.flatMap(({ run }: Step) => run ?? []);
  expect(gitlab.sessions.script).toEqual(commands);
  expect(gitlab.sessions.artifacts.reports.junit).toBe('sessions/junit.xml');
  expect(textOf('examples/sdk-server/.github/workflows/sessions.yml')).toBe(textOf('ci/github.yml'));
});

test('the hook before a commit is red where the server is', async () => {
  const main = join(root, 'dist/fixtures/reference/main.js');
  const exits = async (mutant: string) => {
    const folder = prepared();
    const server = `'${process.execPath}' '${main}' --port {port} ${mutant}`;
    writeFileSync(
      join(folder, 'sessionspec.yaml'),
      `url: 'http://127.0.0.1:{port}/mcp'\nserver: ${JSON.stringify(server)}\n`,
    );
    return (await ran('sh', join(root, 'ci/pre-commit'), folder)).code;
  };
  expect(await Promise.all([exits(''), exits('--mutant zombie-after-delete')])).toEqual([0, 1]);
});

test('docs/ci.md has the templates as they are, and every input of the action', () => {
  const page = textOf('docs/ci.md');
  for (const name of ['ci/github.yml', 'ci/gitlab.yml']) expect(page).toContain(`\n${textOf(name)}\`\`\``);
  for (const input of Object.keys((parse(textOf('action.yml')) as Action).inputs))
    expect(page).toContain(`\`${input}\``);
});

/** A project that has the package installed. */
function prepared(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sessionspec-recipes-'));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  const command = join(folder, 'node_modules/.bin/sessionspec');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/cli.js')}' "$@"\n`);
  chmodSync(command, 0o755);
  writeFileSync(join(folder, 'package.json'), '{}\n');
  return folder;
}

/** What the step of the action does, with the files that a runner gives it. */
async function acted(inputs: Readonly<Record<string, string>>, folder = prepared()) {
  const [outputs, summary] = [join(folder, 'outputs'), join(folder, 'summary.md')];
  for (const path of [outputs, summary]) writeFileSync(path, '');
  const { code, said } = await ran('bash', join(root, 'ci/action.sh'), folder, {
    ...inputs,
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
  });
  expect(code).toBe(0);
  const lines = readFileSync(outputs, 'utf8').trimEnd().split('\n');
  const outcome: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { outcome, folder, said, summary: readFileSync(summary, 'utf8') };
}

/** A script in a project, as a runner starts it. */
async function ran(
  shell: string,
  script: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(shell, [script], {
    cwd: folder,
    env: {
      ...process.env,
      ...env,
      CI: 'true',
      PATH: [join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (said += more));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}
