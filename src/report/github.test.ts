import { expect, test } from 'vitest';
import { assembledRun, spread } from '../testing/runs.js';
import { failed, passed, plainOptions, sampleResult } from '../testing/sample.js';
import { renderGithub } from './github.js';
import { readAnnotations } from './testing/readers.js';

test('a finding is one annotation, with what to change and how to see it again', () => {
  const requirement = {
    keys: ['SM.404'],
    says: 'It is refused.',
    why: 'Users see it.',
    fix: 'Answer 404, 100% of the time.',
  };
  const text = renderGithub(assembledRun([sampleResult(failed, { requirement })]), plainOptions);
  expect(text.split('\n')).toHaveLength(2);
  expect(text).toContain(
    '::error title=A terminated id is refused%3A a session that has ended was served (MUST)::',
  );
  expect(text).toContain('fix: Answer 404, 100%25 of the time.%0A');
  const [annotation] = readAnnotations(text);
  expect(annotation?.text).toContain('sent: POST ping, mcp-session-id: «session alice»\nacceptable: 404\n');
  expect(annotation?.text).toMatch(
    /\nagain: npx sessionspec run http:\S+ --check termination\.post-after-delete$/,
  );
});

test('a green run has none, and a red one without a failure says why', () => {
  expect(renderGithub(assembledRun([sampleResult(passed)]), plainOptions)).toBe('');
  const away = spread['a target that is away'] ?? assembledRun([]);
  expect(readAnnotations(renderGithub(away, plainOptions))).toEqual([
    { command: 'error', title: 'sessionspec', text: 'nothing listens there' },
  ]);
});

test('no more than GitHub shows', () => {
  const results = Array.from({ length: 40 }, (_, i) =>
    sampleResult(failed, {
      id: `demo.check-${i}`,
      requirement: { keys: [`KEY.${i}`], says: 'so' },
      level: i < 25 ? 'MUST' : 'MAY',
    }),
  );
  const read = readAnnotations(renderGithub(assembledRun(results), plainOptions));
  for (const [command, left] of [
    ['error', 18],
    ['warning', 8],
  ] as const) {
    const own = read.filter((one) => one.command === command);
    expect(own.length).toBeLessThanOrEqual(10);
    expect(own.at(-1)?.text).toBe(`${left} more findings`);
  }
});

test('no word of a server is a command of the runner', () => {
  const lines = renderGithub(spread['of a hostile server'] ?? assembledRun([]), plainOptions).split('\n');
  expect(lines.filter((line) => /^::(?!error title=|warning title=)|##\[/.test(line))).toEqual([]);
  expect(lines.slice(0, -1).every((line) => line.startsWith('::'))).toBe(true);
});
