import { atUrl } from './model/carrier.js';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { listen } from '../fixtures/reference/listen.js';
import { createZoo } from '../fixtures/mutants/servers.js';
import { createEngine } from './cli/engine.js';
import { defaultOptions } from './model/run.js';
import type { Result } from './model/report.js';

// Each suite of docs/cookbook.md passes on the reference and fails on the mutant that the comment before it names.

const page = readFileSync(fileURLToPath(new URL('../docs/cookbook.md', import.meta.url)), 'utf8');
const recipe =
  /^<!-- file (?<file>[a-z]+\.yaml), mutant (?<mutant>[a-z0-9-]+) -->\n\n```yaml\n(?<code>[^]*?)^```$/gm;
const recipes = [...page.matchAll(recipe)].map(({ groups: { file = '', mutant = '', code = '' } = {} }) => ({
  file,
  mutant,
  code,
}));

const engine = await createEngine();
const zoo = createZoo();
const serving = await listen(zoo.handle, 0);
const folder = mkdtempSync(join(tmpdir(), 'sessionspec-cookbook-'));
afterAll(async () => {
  zoo.close();
  await serving.close();
  rmSync(folder, { recursive: true, force: true });
});

test('there are ten', () => {
  expect(recipes).toHaveLength(10);
  expect(page.match(/^```yaml$/gm)).toHaveLength(10);
});

test.each(recipes)('$file passes on the reference, and fails on $mutant', async ({ file, mutant, code }) => {
  const path = join(folder, file);
  writeFileSync(path, code);
  const { suites, problems } = await engine.read([path]);
  expect(problems).toEqual([]);
  const resultsOn = async (name: string): Promise<readonly Result[]> => {
    const { report } = await engine.run(
      {
        checks: suites.flatMap(({ checks }) => checks),
        monitors: suites.flatMap(({ monitors }) => monitors),
      },
      {
        ...defaultOptions,
        address: atUrl(new URL(`http://127.0.0.1:${serving.port}/${name}/${file}/mcp`)),
        timeScale: 2,
      },
    );
    return report.results.filter(({ suite }) => suites.some((own) => own.suite === suite));
  };
  const doubted = (await resultsOn('reference')).filter(({ verdict }) => verdict !== 'pass');
  expect(doubted.map(({ id, verdict, message }) => `${id} is ${verdict}: ${message}`)).toEqual([]);
  const came = await resultsOn(mutant);
  expect(
    came.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
    JSON.stringify(came.map(({ id, verdict, message }) => [id, verdict, message])),
  ).not.toEqual([]);
});
