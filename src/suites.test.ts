import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labelsOf } from './model/level.js';
import { linkOf } from './model/requirement.js';
import { plural } from './model/plural.js';
import { loadCatalogue } from './load/index.js';
import type { Examined, Suite } from './model/suite.js';

const { suites } = loadCatalogue();
const checks = suites.flatMap(({ checks: own, monitors }): readonly Examined[] => [...own, ...monitors]);
const readme = '../README.md';

// Reports, baselines and recordings name checks, so an id, once published, means the same for ever. Both pages are written by
// `npx vitest run src/suites.test.ts -u`; read the difference before you commit it.
test('docs/checks.md lists every check with its level, revisions and tags', async () => {
  await expect(page()).toMatchFileSnapshot('../docs/checks.md');
});

test('the README counts the checks of each suite', async () => {
  const text = readFileSync(new URL(readme, import.meta.url), 'utf8');
  const marked = /(<!-- suites -->\n)[^]*(<!-- end of suites -->)/;
  expect(text).toMatch(marked);
  const counted = text.replace(marked, (_, start: string, end: string) => `${start}\n${overview()}\n${end}`);
  await expect(counted).toMatchFileSnapshot(readme);
});

test.each(checks.map((check) => [check.id, check] as const))(
  '%s says where its requirement stands',
  (_, check) => {
    const { section: where = '', keys } = check.requirement;
    for (const key of keys) expect(key).toMatch(/^(?:[A-Z]{1,2}\.[A-Z0-9]+|DL-W?\d\d)$/);
    expect(new Set(keys).size).toBe(keys.length);
    expect(where).toMatch(where.startsWith('https://') ? knownSite : pageOfTheSpecification);
    for (const revision of check.revisions) expect(URL.canParse(linkOf(where, revision))).toBe(true);
  },
);

const knownSite =
  /^https:\/\/(modelcontextprotocol\.io|www\.rfc-editor\.org|fetch\.spec\.whatwg\.org|github\.com\/(evalstate|modelcontextprotocol))\/[\w./-]*(#[\w.-]+)?$/;
const pageOfTheSpecification = /^(basic|server|client|architecture)(\/[a-z-]+)*(#[a-z0-9-]+)?$/;

test('no two checks have one id, and each id begins with its suite', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, suite } of checks) expect(id.startsWith(`${suite}.`)).toBe(true);
});

function page(): string {
  const head = [
    '# The checks',
    '',
    'Written by `npx vitest run src/suites.test.ts -u` from `suites/*.yaml`. The ids never change.',
    '`sessionspec explain ID` tells what a check does, step by step.',
  ];
  return [...head, ...suites.flatMap((suite) => ['', ...suiteSection(suite)]), ''].join('\n');
}

function suiteSection(of: Suite): readonly string[] {
  const { suite, title, checks: own, monitors } = of;
  const rows = [...own, ...monitors].map((check) => [
    `\`${check.id}\``,
    labelsOf(check),
    check.harm.length > 0 ? 'harm' : '',
    check.requirement.keys.join(', '),
    check.revisions.join(', '),
    check.tags.join(', '),
    check.title,
  ]);
  return [
    `## ${suite}`,
    '',
    `${title}: ${count(of)}.`,
    '',
    ...table([['check', 'level', 'harm', 'keys', 'revisions', 'tags', 'what is demanded'], ...rows]),
  ];
}

function overview(): string {
  const rows = suites.map((suite) => [`\`${suite.suite}\``, suite.title, count(suite)]);
  const all = count({
    checks: suites.flatMap((suite) => suite.checks),
    monitors: suites.flatMap((suite) => suite.monitors),
  });
  return `${table([['suite', 'what it looks at', all], ...rows]).join('\n')}\n`;
}

function count({ checks: own, monitors }: Pick<Suite, 'checks' | 'monitors'>): string {
  return [
    ...(own.length > 0 ? [plural(own.length, 'check')] : []),
    ...(monitors.length > 0 ? [plural(monitors.length, 'monitor')] : []),
  ].join(', ');
}

/** As prettier writes it. */
function table([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
