import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../testing/folder.js';
import { openStore } from './store.js';

test('of the files that come with an outcome, those of its target are written and no others', () => {
  const there = folder();
  const site = join(there, 'site');
  openStore(site).put({
    outcome: { target: 'one', digest: '1', kind: 'skipped', says: 'go not found on PATH' },
    files: {
      'reports/one.html': 'mine',
      'reports/two.html': 'of another',
      'index.html': 'the page of all',
      '../outside.html': 'above',
      [join(there, 'absolute.html')]: 'anywhere',
    },
  });
  const written = ['data', 'data/one.json', 'reports', 'reports/one.html'];
  expect(new Set(readdirSync(site, { recursive: true, encoding: 'utf8' }))).toEqual(new Set(written));
  expect(readFileSync(join(site, 'reports/one.html'), 'utf8')).toBe('mine');
  expect(readdirSync(there)).toEqual(['site']);
});
