import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hostilePeers } from '../../fixtures/hostile/hostile.js';
import { nulls } from '../../fixtures/nulls/nulls.js';
import { readCatalogue } from '../catalogue.js';
import { fixturesOf } from '../model/catalogue.js';
import { loadCases } from '../testing/prove.js';
import { expectedExitOf } from './hostile.js';
import { referencePeers } from './mutants.js';
import { proofPage } from './page.js';
import type { Group, ProofRow } from './prove.js';
import { summaryOf } from './summary.js';

const { suites, mutants } = await readCatalogue();
const cases = loadCases().filter(({ servedBy }) => servedBy === 'cases');
const checks = [...suites.flatMap((suite) => suite.checks), ...suites.flatMap((suite) => suite.monitors)];

const killersOf = ({ kills, monitors = [] }: (typeof mutants)[number]) => [...kills, ...monitors];

test('each mutant is caught, and each check and monitor has caught one', () => {
  const uncaught = mutants.filter((mutant) => killersOf(mutant).length === 0).map(({ name }) => name);
  const proven = new Set(mutants.flatMap(killersOf));
  const unproven = checks.map(({ id }) => id).filter((id) => !proven.has(id));
  expect({ uncaught, unproven }).toEqual({ uncaught: [], unproven: [] });
});

test('mutants name checks and monitors that exist', () => {
  const known = new Set(checks.map(({ id }) => id));
  expect(mutants.flatMap(killersOf).filter((id) => !known.has(id))).toEqual([]);
});

// The page is what the proof says when everything comes as expected. Whether it does is what `selftest` finds out.
test('reports/proof.md is fresh; `sessionspec selftest --output reports` writes it', () => {
  const rows = [
    ...referencePeers('http://any.test').map(({ name }) => rowOf('reference', name, [])),
    ...fixturesOf(mutants).map((name) => rowOf('reference', name, [])),
    ...mutants.map(({ name, kills }) => rowOf('mutant', name, kills)),
    ...['reference', 'reference-sse', ...fixturesOf(mutants)].map((name) => rowOf('default-run', name, [])),
    ...mutants.map((mutant) => rowOf('default-run', mutant.name, killersOf(mutant))),
    ...cases.map(({ name }) => rowOf('case', name, ['as due'])),
    ...nulls.map(({ name }) => rowOf('null', name, ['exit 2'])),
    ...hostilePeers.map(({ name }) => rowOf('hostile', name, [`exit ${expectedExitOf(name)}`])),
    rowOf('hostile', 'the other host', ['0 requests']),
  ];
  const page = readFileSync(new URL('../../reports/proof.md', import.meta.url), 'utf8');
  const expected = proofPage(rows, mutants, cases, checks, summaryOf(rows, checks, 0));
  expect(withoutFigures(page)).toBe(withoutFigures(expected));
});

function rowOf(group: Group, name: string, came: readonly string[]): ProofRow {
  return { group, name, expected: came, came, wrong: [], ms: 0, ...(group === 'hostile' && { peakMiB: 1 }) };
}

/** Times and memory differ from one proof to the next. */
function withoutFigures(page: string): string {
  return page.replaceAll(/[\d.]+ (s|MiB)\b/g, '… $1');
}
