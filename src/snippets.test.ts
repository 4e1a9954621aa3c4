import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCatalogue, loadSuites } from './load/index.js';
import { profileNames } from './model/profile.js';

// Each snippet for an editor, with its defaults, is what the suite language has.

interface Snippet {
  readonly scope: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const file = fileURLToPath(new URL('../suites/snippets.code-snippets', import.meta.url));
const snippets = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Snippet>>);
const { profiles } = loadCatalogue();
const allProfiles = profileNames.map((name) => profiles[name]);

test.each(snippets)('%s can be typed and needs no correction', (_, { scope, body }) => {
  expect(scope).toBe('yaml');
  expect(faultsOf(inSuite(expanded(body.join('\n'))))).toEqual([]);
});

test('a snippet that is wrong is seen', () => {
  const body = snippets
    .map(([, snippet]) => snippet.body.join('\n'))
    .find((text) => text.includes('control'));
  expect(faultsOf(inSuite(expanded((body ?? '').replace(', control: alive', ''))))).not.toEqual([]);
});

test('no prefix is there twice, and no placeholder is left', () => {
  const prefixes = snippets.map(([, { prefix }]) => prefix);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  for (const [, { body }] of snippets) expect(expanded(body.join('\n'))).not.toMatch(/\$\d|\$\{\d|\|\}/);
});

/** What an editor leaves where nothing is typed: defaults, and the first of a choice. `\$` is a dollar. */
function expanded(body: string): string {
  const dollar = '\u0000';
  const filled = body
    .replaceAll('\\$', dollar)
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\d/g, '');
  return filled.replaceAll(dollar, '$');
}

function inSuite(text: string): string {
  if (text.includes('\nsuite: ')) return text;
  const head = 'suite: ours\ntitle: Ours\n';
  const indented = (blanks: number) => text.replaceAll(/^/gm, ' '.repeat(blanks));
  if (text.includes('over: run')) return `${head}monitors:\n${indented(2)}\n`;
  if (text.startsWith('- id: ')) return `${head}checks:\n${indented(2)}\n`;
  return `${head}checks:
  - id: ours.steps
    title: A check
    requirement: { level: house, says: it is so }
    needs: [sessions, get]
    steps:
      - open: [alice, bob]
${indented(6)}
      - { send: ping, as: bob, judge: { status: 200, result: true } }
`;
}

function faultsOf(text: string): readonly string[] {
  const files = { read: () => text, list: () => undefined };
  return loadSuites(['a.yaml'], allProfiles, files).diagnostics.map(
    ({ line, message }) => `${line}: ${message}`,
  );
}
