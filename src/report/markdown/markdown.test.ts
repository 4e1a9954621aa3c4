import { expect, test } from 'vitest';
import { hostileTexts, assembledRun, spread } from '../../testing/runs.js';
import { failed, plainOptions, sampleResult } from '../../testing/sample.js';
import { readPage } from '../testing/page.js';
import { renderMarkdown } from './markdown.js';
import { code, sentence } from './text.js';

const expected = /^(h2|ul|li|p|strong|code|pre|table|thead|tbody|tr|th|td|details|summary|b|a)$/;

test('what a server says stays text: no element, link or mention is made of it', () => {
  const page = readPage(renderMarkdown(spread['of a hostile server'] ?? assembledRun([]), plainOptions));
  expect(page.map(({ name }) => name).filter((name) => !expected.test(name))).toEqual([]);
  const links = page.filter(({ name }) => name === 'a').map(({ attributes }) => attributes['href'] ?? '');
  expect(links.filter((href) => !href.startsWith('https://modelcontextprotocol.io/'))).toEqual([]);
  // Of the title of a check, which its author wrote, GitHub may make a mention; of a server's words it may not.
  const prose = page.filter(
    ({ name, within }) => name !== 'code' && !within.includes('summary') && name === 'li',
  );
  expect(prose.length).toBeGreaterThan(10);
  const words = page
    .filter(({ name }) => name === 'code')
    .map(({ text }) => text)
    .join('\n');
  expect(words).toContain('@somebody #1 GH-1 https://evil.test');
});

test('any text in code is read back as it is', () => {
  for (const text of hostileTexts
    .map((one) => one.replaceAll(/[^\P{C}]/gu, ''))
    .filter((one) => one.trim() !== '')) {
    const read = readPage(`a ${code(text)} b`).find(({ name }) => name === 'code');
    expect(read?.text).toBe(text.replaceAll('\n', ' '));
  }
});

test('prose is what reads as nothing else', () => {
  expect(sentence('POST ping, mcp-session-id: «session alice»')).toBe(
    'POST ping, mcp-session-id: «session alice»',
  );
  for (const text of [
    '@you',
    'see #3',
    'GH-12',
    'www.evil.test',
    '*bold*',
    '<b>',
    'a_b_',
    'x | y',
    '//evil.test',
  ])
    expect(sentence(text)).toBe(`\`${text}\``);
});

test('a report fits in a comment, and says how many findings did not', () => {
  const long = 'many words '.repeat(60);
  const results = Array.from({ length: 400 }, (_, i) =>
    sampleResult(failed, {
      id: `demo.check-${i}`,
      requirement: { keys: [`KEY.${i}`], says: long, why: long, fix: long },
    }),
  );
  const text = renderMarkdown(assembledRun(results), plainOptions);
  expect(text.length).toBeLessThan(65_536);
  const shown = text.split('<details>').length - 1;
  expect(shown).toBeGreaterThan(10);
  expect(text).toContain(`${400 - shown} more of 400 findings do not fit here.`);
});
