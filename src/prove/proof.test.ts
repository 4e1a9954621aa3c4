import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCatalogue } from '../catalogue.js';
import { checkTable, mutantTable } from './page.js';

const { suites, mutants } = await readCatalogue();
const checks = suites.flatMap((suite) => suite.checks);

test('each mutant is caught, and each check has caught one', () => {
  const uncaught = mutants.filter(({ kills }) => kills.length === 0).map(({ name }) => name);
  const proven = new Set(mutants.flatMap(({ kills }) => kills));
  const unproven = checks.map(({ id }) => id).filter((id) => !proven.has(id));
  expect({ uncaught, unproven }).toEqual({ uncaught: [], unproven: [] });
});

test('mutants name checks that exist', () => {
  const known = new Set(checks.map(({ id }) => id));
  expect(mutants.flatMap(({ kills }) => kills).filter((id) => !known.has(id))).toEqual([]);
});

test('reports/proof.md is fresh; `sessionspec selftest --output reports` writes it', () => {
  const page = readFileSync(new URL('../../reports/proof.md', import.meta.url), 'utf8');
  expect(page).toContain(mutantTable(mutants).join('\n'));
  expect(page).toContain(checkTable(checks, mutants).join('\n'));
  for (const title of ['## Reference', '## Nulls', '## Hostile peers']) expect(page).toContain(title);
});
