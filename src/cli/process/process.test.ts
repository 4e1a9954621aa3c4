import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { accepts } from './port.js';
import { folder } from '../testing/folder.js';

// The program as it is shipped; to read it from its source takes a second each time.
const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const reference = fileURLToPath(new URL('../../../dist/fixtures/reference/main.js', import.meta.url));
if (!existsSync(cli)) throw new Error('npm run build makes the program');
const server = `'${process.execPath}' '${reference}' --port {port}`;

test('a target where nothing listens is exit 2, and the report is written', async () => {
  const out = folder();
  const { exit, err } = await ended(
    start(['run', 'http://127.0.0.1:9/mcp', '--reporter', 'json', '--output', out]),
  );
  expect({ exit, lines: err.trimEnd().split('\n').length }).toEqual({ exit: 2, lines: 1 });
  expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({ gate: { exit: 2 } });
});

test('an interrupt writes out what was finished, stops the server, and is exit 130', async () => {
  const out = folder();
  const recording = join(out, 'run.ndjson');
  const flags = ['--jobs', '1', '--reporter', 'json', '--output', out, '--server', server];
  const child = start(['run', 'http://127.0.0.1:{port}/mcp', ...flags]);
  const end = ended(child);
  await until(() => existsSync(recording) && readFileSync(recording, 'utf8').includes('"kind":"check"'));
  child.kill('SIGINT');
  expect((await end).exit).toBe(130);
  const lines = readFileSync(recording, 'utf8').trimEnd().split('\n');
  expect(lines.at(-1)).toContain('"kind":"footer"');
  const report: unknown = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ gate: { exit: 130 } });
  const { url } = JSON.parse(lines[0] ?? '').target;
  expect(await accepts(new URL(url))).toBe(false);
});

test('a reader that has seen enough is no error', async () => {
  const child = start(['list', '--json']);
  child.stdout.destroy();
  expect(await ended(child)).toEqual({ exit: 0, err: '' });
});

test.skipIf(!existsSync('/dev/full'))('a full disk below standard output is exit 4, in a sentence', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = list(['ignore', full, 'pipe']);
  expect({ status, stderr }).toEqual({
    status: 4,
    stderr: 'sessionspec: standard output cannot be written: no space is left\n',
  });
  expect(list(['ignore', full, full]).status).toBe(4);
});

function list(stdio: StdioOptions) {
  return spawnSync(process.execPath, [cli, 'list'], { stdio, encoding: 'utf8' });
}

function start(argv: readonly string[]) {
  return spawn(process.execPath, [cli, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
}

function ended(
  child: ReturnType<typeof start>,
): Promise<{ readonly exit: number | null; readonly err: string }> {
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (more: string) => (err += more));
  child.stdout.resume();
  return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, err })));
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 25));
}
