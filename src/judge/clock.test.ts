import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !/\.test(?:-d)?\.ts$/.test(name));

/** What would make the same recording come to another verdict on another day, or on a busier machine. */
const moving =
  /\bDate\b|\bperformance\b|\bhrtime\b|\bset(?:Timeout|Interval|Immediate)\b|\bMath\.random\b|\bcrypto\b|['"](?:node:)?(?:vm|timers|perf_hooks|worker_threads|child_process|os)(?:\/|['"])/;

it('there is something to look at', () => {
  expect(files).toContain('judge.ts');
});

it.each(files)('%s knows no clock, no chance and no other thread', (file) => {
  const code = readFileSync(new URL(file, folder), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
  expect(moving.exec(code)).toBeNull();
});

it.each([
  "import { runInContext } from 'node:vm';",
  'Date.now()',
  'performance.now()',
  "from 'timers/promises'",
])('%s would be seen', (code) => {
  expect(moving.test(code)).toBe(true);
});
