import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command } from '../testing/sample.js';
import { folder } from '../testing/folder.js';

const reported = (reporter: string, path: string) =>
  command(['run', 'http://127.0.0.1:4000/mcp', '--reporter', reporter, '--output', path]);
const unusable = () => {
  const path = join(folder(), 'file');
  writeFileSync(path, 'a file, no folder');
  return path;
};

test('a folder that cannot be used is reported once, the first report comes, and the exit is 4', async () => {
  for (const path of [unusable(), join(unusable(), 'below', 'it')]) {
    const { exit, out, err } = await reported('json,junit', path);
    expect({ exit, err }).toEqual({
      exit: 4,
      err: `sessionspec: ${path} cannot be written: a part of its path is no folder\n`,
    });
    expect(JSON.parse(out)).toMatchObject({ format: 'sessionspec-report/3' });
    expect((await reported('junit', path)).out).toMatch(/^<\?xml/);
    expect((await reported('terminal,json', path)).out).toContain('✗ Not conformant');
  }
});

test.skipIf(!existsSync('/proc'))('a place that takes no folder is given up at once', async () => {
  const { exit, err } = await reported('json', '/proc/sessionspec/deep');
  expect({ exit, err }).toEqual({
    exit: 4,
    err: 'sessionspec: /proc/sessionspec/deep cannot be written: no folder can be made there\n',
  });
});

test('a file that cannot be written is named, the others are written, and its report comes instead', async () => {
  const path = folder();
  mkdirSync(join(path, 'report.json'));
  const { exit, out, err } = await reported('junit,json', path);
  expect({ exit, err }).toEqual({
    exit: 4,
    err: `sessionspec: ${join(path, 'report.json')} cannot be written: it is a folder\n`,
  });
  expect(JSON.parse(out)).toMatchObject({ format: 'sessionspec-report/3' });
  expect(readFileSync(join(path, 'junit.xml'), 'utf8')).toContain('<testsuites');
  expect(readFileSync(join(path, 'run.ndjson'), 'utf8')).toContain('"kind":"footer"');
});

test('a link that stands in the folder is replaced, and what it leads to stays as it was', async () => {
  const path = folder();
  const elsewhere = join(folder(), 'precious');
  writeFileSync(elsewhere, 'precious');
  for (const name of ['run.ndjson', 'report.json']) symlinkSync(elsewhere, join(path, name));
  await reported('json', path);
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
  expect(readFileSync(join(path, 'run.ndjson'), 'utf8')).toContain('"kind":"footer"');
  expect(readFileSync(join(path, 'report.json'), 'utf8')).toContain('sessionspec-report/3');
});

test('a recording that cannot be written takes no report along', async () => {
  const path = folder();
  mkdirSync(join(path, 'run.ndjson'));
  const { exit, out, err } = await reported('json', path);
  expect({ exit, out }).toEqual({ exit: 4, out: '' });
  expect(err).toBe(
    `sessionspec: ${join(path, 'run.ndjson')} cannot be written: it is a folder\nNot conformant: a MUST failed.\n`,
  );
  expect(existsSync(join(path, 'report.json'))).toBe(true);
});

const url = 'http://127.0.0.1:4000/mcp';
const inWorkflow = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  command(argv, {}, { GITHUB_ACTIONS: 'true', ...env });

test('several formats that go to standard output need no folder', async () => {
  const { exit, out } = await command(['run', url, '--reporter', 'terminal,github']);
  expect(exit).toBe(1);
  expect(out.indexOf('✗ Not conformant')).toBeLessThan(out.indexOf('::error title='));
  expect((await command(['run', url, '--reporter', 'json,github'])).exit).toBe(3);
});

test('a format with several files has them all in a folder, and the first of them without', async () => {
  const path = folder();
  await reported('badge', path);
  expect(readFileSync(join(path, 'badge.svg'), 'utf8')).toMatch(/^<svg /);
  expect(JSON.parse(readFileSync(join(path, 'badge.json'), 'utf8'))).toMatchObject({ schemaVersion: 1 });
  expect((await command(['run', url, '--reporter', 'badge'])).out).toMatch(/^<svg [^]*<\/svg>\n$/);
});

test('a workflow of GitHub gets annotations with the report for people, and nothing in a report for machines', async () => {
  const { out } = await inWorkflow(['run', url]);
  const [, word, report, after] = /^::stop-commands::(\S+)\n([^]*)::\1::\n([^]*)$/.exec(out) ?? [];
  expect(word).toMatch(/^[0-9a-f-]{36}$/);
  expect(report).toContain('✗ Not conformant');
  expect(after).toMatch(/^::error title=.*\n$/);
  expect(JSON.parse((await inWorkflow(['run', url, '--reporter', 'json'])).out)).toMatchObject({});
  expect((await command(['run', url])).out).not.toContain('::');
});

test('the summary of a step of a workflow is added to, by a run alone', async () => {
  const path = folder();
  const summary = join(path, 'summary.md');
  writeFileSync(summary, 'what stood there\n');
  const output = ['--output', path, '--reporter', 'json'];
  await command(['run', url, ...output], {}, { GITHUB_STEP_SUMMARY: summary });
  const text = readFileSync(summary, 'utf8');
  expect(text).toMatch(/^what stood there\n## ❌ sessionspec: Not conformant/);
  await command(['judge', join(path, 'run.ndjson')], {}, { GITHUB_STEP_SUMMARY: summary });
  await command(['report', join(path, 'run.ndjson')], {}, { GITHUB_STEP_SUMMARY: summary });
  expect(readFileSync(summary, 'utf8')).toBe(text);
});

test('a summary that cannot be written is exit 4, and takes no report along', async () => {
  const path = folder();
  const { exit, out, err } = await command(['run', url], {}, { GITHUB_STEP_SUMMARY: path });
  expect({ exit, err }).toEqual({
    exit: 4,
    err: `sessionspec: the summary ${path} cannot be written: it is a folder\n`,
  });
  expect(out).toContain('✗ Not conformant');
});
