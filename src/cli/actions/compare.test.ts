import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command } from '../testing/sample.js';
import { folder } from '../testing/folder.js';

const url = 'http://127.0.0.1:4000/mcp';
/** A run of the pretended stages, whose first check fails. */
async function ran(...flags: readonly string[]): Promise<string> {
  const path = folder();
  await command(['run', url, '--reporter', 'json', '--output', path, ...flags]);
  return path;
}

test('diff reads folders, reports and recordings alike', async () => {
  const [one, other] = [await ran('--check', 'reuse.*'), await ran()];
  const places = [other, join(other, 'report.json'), join(other, 'run.ndjson')];
  for (const place of places) {
    const { exit, out, err } = await command(['diff', one, place]);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(out).toContain('New failures (1)\n  termination.post-after-delete');
  }
  expect(await command(['diff', other, other])).toMatchObject({ exit: 0 });
});

test('both say the same for a machine', async () => {
  const [one, other] = [await ran('--check', 'reuse.*'), await ran()];
  const diff = await command(['diff', one, other, '--reporter', 'json']);
  expect(diff.exit).toBe(1);
  expect(JSON.parse(diff.out)).toMatchObject({
    failing: [{ id: 'termination.post-after-delete' }],
    still: 0,
  });
  const compared = await command(['compare', one, other, '--reporter', 'json']);
  expect(JSON.parse(compared.out)).toMatchObject({ columns: [{ url }, { url }] });
  expect(await err('diff', one, other, '--reporter', 'jsn')).toMatch(/^3 .*did you mean `json`/);
});

test('compare writes Markdown to a folder and shows the terminal beside it', async () => {
  const [one, other, path] = [await ran(), await ran(), folder()];
  const shown = await command(['compare', one, other, '--reporter', 'terminal,markdown', '--output', path]);
  expect(shown).toMatchObject({ exit: 0, err: '' });
  expect(shown.out).toContain('3 checks are alike on all');
  expect(readFileSync(join(path, 'compare.md'), 'utf8')).toContain('# Servers compared');
  expect((await command(['compare', one, other, '--reporter', 'markdown'])).out).toContain(
    '# Servers compared',
  );
});

const err = async (...words: readonly string[]) => {
  const { exit, err: says } = await command(words);
  return `${exit} ${says}`;
};

test('what cannot be compared is a mistake that says why', async () => {
  const one = await ran();
  const file = join(folder(), 'poem');
  writeFileSync(file, 'a poem');
  expect(await err('diff', one, file)).toMatch(/^3 .*poem: it is not JSON/);
  expect(await err('diff', one, join(one, 'none'))).toMatch(/^3 .*none cannot be read: it does not exist/);
  expect(await err('diff', one, folder())).toMatch(/^3 .* has neither a report.json nor a run.ndjson/);
  expect(await err('compare', one)).toContain('3 sessionspec: compare takes two reports or more');
  expect(await err('compare', one, one, '--reporter', 'poem')).toContain('--reporter "poem" is unknown');
  expect(await err('compare', one, one, '--reporter', 'terminal,markdown')).toContain(
    'needs --output FOLDER',
  );
});

test('a comparison that cannot be written is exit 4, and is shown instead', async () => {
  const [one, path] = [await ran(), folder()];
  mkdirSync(join(path, 'compare.md'));
  const { exit, out } = await command(['compare', one, one, '--reporter', 'markdown', '--output', path]);
  expect(exit).toBe(4);
  expect(out).toContain('# Servers compared');
});
