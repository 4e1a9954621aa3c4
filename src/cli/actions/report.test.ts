import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { renderers, reporterNames } from '../../report/index.js';
import { allParts } from '../../report/renderer.js';
import { createEngine } from '../engine.js';
import { folder } from '../testing/folder.js';
import { command } from '../testing/sample.js';

const engine = await createEngine();
const recorded = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/recorded/${name}.ndjson`, import.meta.url));
const zombie = recorded('mutant-zombie-after-delete');
const files = reporterNames.flatMap((name) => allParts(renderers[name]).flatMap(({ file }) => file ?? []));

test('a recording is written in every format, with the verdicts and the exit code of then', async () => {
  const path = folder();
  const { exit, out, err } = await command(
    ['report', zombie, '--reporter', reporterNames.join(','), '--output', path],
    engine,
  );
  expect({ exit, err }).toEqual({ exit: 1, err: '' });
  expect(out).toContain('✗ not conformant: 1 check failed (termination.request-after-delete)');
  expect(out).toContain('::error title=');
  expect(readdirSync(path).toSorted()).toEqual(files.toSorted());
  const report: unknown = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
  expect(report).toMatchObject({ gate: { exit: 1, failed: ['termination.request-after-delete'] } });
});

test('nothing is judged again, though the suites have changed', async () => {
  const judge = vi.fn<typeof engine.judge>();
  expect((await command(['report', zombie], { ...engine, judge })).exit).toBe(1);
  expect(judge).not.toHaveBeenCalled();
});

test('a recording that was cut off is shown as far as it goes, and says so', async () => {
  const text = readFileSync(zombie, 'utf8');
  const path = join(folder(), 'cut.ndjson');
  const full = (text.match(/"kind":"check"/g) ?? []).length;
  const cut = text.slice(0, text.length / 2);
  writeFileSync(path, cut);
  const left = (cut.slice(0, cut.lastIndexOf('\n')).match(/"kind":"check"/g) ?? []).length;
  expect(left).toBeGreaterThan(3);
  expect(left).toBeLessThan(full);
  const { exit, out, err } = await command(['report', path, '--reporter', 'json'], engine);
  expect({ exit, err }).toEqual({
    exit: 130,
    err: `sessionspec: the recording was cut off: ${left} results of ${full} checks are in it, and no statement about the whole run\n`,
  });
  expect(JSON.parse(out)).toMatchObject({
    gate: { exit: 130, sentence: expect.stringContaining(`interrupted: ${left} checks judged until then;`) },
    summary: { 'not-run': full - left },
  });
});

test('checks that are in no suite any more are shown where they were recorded, and left out where not', async () => {
  const whole = await command(['report', zombie, '--reporter', 'json'], engine);
  const lines = readFileSync(zombie, 'utf8').split('\n');
  const path = join(folder(), 'header.ndjson');
  writeFileSync(path, `${lines[0] ?? ''}\n`);
  const headerOnly = await command(['report', path, '--reporter', 'json'], engine);
  expect(JSON.parse(whole.out)).toMatchObject({ summary: { fail: 1 } });
  expect(headerOnly.exit).toBe(130);
  expect(JSON.parse(headerOnly.out)).toMatchObject({ results: [], gate: { exit: 130 } });
});

test('what cannot be read or asked for is a mistake', async () => {
  const missing = await command(['report', join(folder(), 'none.ndjson')], engine);
  expect(missing).toMatchObject({
    exit: 3,
    err: expect.stringContaining('cannot be read: it does not exist'),
  });
  expect(await command(['report', zombie, '--reporter', 'xml'], engine)).toMatchObject({ exit: 3 });
  expect(await command(['report', zombie, '--reporter', 'json,tap'], engine)).toMatchObject({
    exit: 3,
    err: expect.stringContaining('needs --output FOLDER'),
  });
});

test.each(files)('%s that cannot be written is exit 4, and the others are written', async (file) => {
  const path = folder();
  mkdirSync(join(path, file));
  const argv = ['--reporter', reporterNames.join(','), '--output', path];
  for (const how of [
    ['report', zombie],
    ['judge', zombie],
    ['run', 'http://127.0.0.1:4000/mcp'],
  ]) {
    const stages = how[0] === 'run' ? {} : engine;
    const { exit, err } = await command([...how, ...argv], stages);
    expect(exit).toBe(4);
    expect(err).toContain(`${join(path, file)} cannot be written: it is a folder`);
    const written = readdirSync(path).filter((name) => name !== 'run.ndjson');
    expect(written.toSorted()).toEqual(files.toSorted());
  }
});
