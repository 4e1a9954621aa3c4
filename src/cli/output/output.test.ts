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
