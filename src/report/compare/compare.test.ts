import { expect, test } from 'vitest';
import type { Report, Result } from '../../model/report.js';
import {
  failed,
  leftOut,
  passed,
  plainOptions,
  sampleResult,
  sampleRun,
  unsure,
} from '../../testing/sample.js';
import { renderComparisonHtml } from './compare-html.js';
import { renderComparisonMarkdown } from './compare-markdown.js';
import { renderComparison } from './compare-terminal.js';
import { attribute, below, byId, elementsIn, textOf } from '../html/testing/document.js';
import { comparisonOf, differing } from './compare.js';

const report = (name: string, results: readonly Result[]): Report => ({
  ...sampleRun(results).report,
  target: { url: `http://127.0.0.1/${name}`, name, version: '1' },
});
const requirement = { says: 'an ended session stays ended', section: 'basic', keys: ['SM.404'] };
const result = (id: string, verdict: Parameters<typeof sampleResult>[0], level: 'MUST' | 'SHOULD' = 'MUST') =>
  sampleResult(verdict, { id, level, requirement, title: `About ${id}` });

const good = report('good', [result('a.one', passed), result('a.two', passed), result('b.soft', leftOut)]);
const bad = report('bad', [result('a.one', failed), result('a.two', failed), result('b.soft', leftOut)]);
const odd = report('odd', [result('a.one', failed, 'SHOULD'), result('a.two', unsure)]);
const all = comparisonOf([good, bad, odd]);

test('servers that miss one demand for one reason share a row, and each has a cell', () => {
  expect(all.findings).toEqual([
    { id: 'a.one', title: requirement.says, suite: 'a', cells: ['pass', 'fail', 'warning'] },
  ]);
});

test('a finding that a server could not show is no pass', () => {
  const unexamined = report('new', [result('a.one', unsure), result('a.two', passed)]);
  expect(comparisonOf([bad, unexamined]).findings[0]?.cells).toEqual(['fail', 'inconclusive']);
  expect(comparisonOf([bad, report('empty', [])]).findings[0]?.cells).toEqual(['fail', 'absent']);
});

test('every check of any server is a row, and those that are alike are told apart', () => {
  expect(all.checks.map(({ id, cells }) => [id, ...cells])).toEqual([
    ['a.one', 'pass', 'fail', 'warning'],
    ['a.two', 'pass', 'fail', 'inconclusive'],
    ['b.soft', 'not-applicable', 'not-applicable', 'absent'],
  ]);
  expect(differing(comparisonOf([good, good]).checks)).toEqual([]);
});

test('at several revisions a check is what it is at the worst', () => {
  const old = { ...result('a.one', failed), revision: '2025-03-26' } as const;
  const both = report('both', [result('a.one', passed), old]);
  expect(comparisonOf([both, good]).checks[0]?.cells).toEqual(['fail', 'pass']);
});

test('servers of one name are told apart', () => {
  expect(comparisonOf([good, bad, good]).columns.map(({ name }) => name)).toEqual([
    'good 1 (1)',
    'bad 1',
    'good 1 (2)',
  ]);
});

test('the terminal has a letter for each server, and a column as wide for each', () => {
  const text = renderComparison(all, { ...plainOptions, columns: 60 });
  expect(text).toContain('A  good 1, http://127.0.0.1/good: Conformant.');
  const [head = '', ...rows] = text.slice(text.indexOf('Checks that differ')).split('\n');
  expect(head).toMatch(/^Checks that differ +A {3}B {3}C$/);
  for (const [column, signs] of [
    ['A', '✓✓'],
    ['B', '✗✗'],
    ['C', '!?'],
  ] as const)
    expect(
      rows
        .slice(0, 2)
        .map((row) => row[head.lastIndexOf(column)])
        .join(''),
    ).toBe(signs);
  expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
});

test('Markdown has a table of servers, findings and checks, and nothing of a server becomes markup', () => {
  const hostile = '| [x](javascript:alert(1)) <img src=x> `a` @you\n# _b_ \u001b[2J';
  const named = { ...bad, target: { url: 'http://x/', name: hostile } };
  const text = renderComparisonMarkdown(comparisonOf([good, named, odd]));
  expect(text).not.toMatch(/<img|[^\\]\[x\]|[^\\]`a|[^\\]@you|^# _b_/m);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(text).toMatch(/^\| a\.two: About a\.two \| ✓ \| ✗ \| \? \|$/m);
  const tables = text.split('\n\n').filter((part) => part.startsWith('|'));
  expect(tables).toHaveLength(4);
  for (const table of tables) {
    const widths = table.split('\n').map((line) => line.replaceAll(/\\./g, '').split('|').length);
    expect(new Set(widths).size).toBe(1);
  }
});

test('the page has a cell for each server, asks nobody for anything, and what a server says stays text', () => {
  const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
  const odder = { ...bad, target: { url: 'javascript:alert(1)', name: hostile } };
  const page = elementsIn(renderComparisonHtml(comparisonOf([good, odder, odd])));
  const tags = new Set(page.map(({ tagName }) => tagName));
  for (const tag of ['script', 'img', 'a', 'link', 'iframe']) expect(tags.has(tag)).toBe(false);
  expect(page.flatMap((one) => one.attrs.filter(({ name }) => name.startsWith('on')))).toEqual([]);
  expect(textOf(byId(page, 'servers'))).toContain(hostile);
  const policy = page.find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
  expect(attribute(policy ?? byId(page, 'servers'), 'content')).toContain("default-src 'none'");
  for (const id of ['findings', 'differing', 'checks']) {
    const section = byId(page, id);
    expect(textOf(section)).toContain('a.one');
    const rows = [...below(section)].filter(({ tagName }) => tagName === 'tr');
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows)
      expect([...below(row)].filter(({ tagName }) => /^t[hd]$/.test(tagName))).toHaveLength(4);
  }
});
