import { expect, test } from 'vitest';
import { assembledRun, spread } from '../../testing/runs.js';
import { all, parseXml } from '../testing/xml.js';
import { badgeOf } from './badge.js';
import { renderShields } from './shields.js';
import { renderBadge } from './svg.js';

const run = (name: string) => spread[name] ?? assembledRun([]);
const says = (name: string) => badgeOf(run(name).report);

test('a badge has denominators and a date, and the colour of the gate', () => {
  expect(says('green')).toEqual({
    label: 'MCP sessions',
    message: '144/144 checks · 2026-11-20',
    color: 'green',
  });
  expect(says('of some checks').message).toBe('3/3 checks, 3 of 144 selected · 2026-11-20');
  // Passed; failed, with a warning; not decided; not run. What does not apply is no part of it.
  expect(says('one of each verdict')).toMatchObject({ message: '1/6 checks · 2026-11-20', color: 'red' });
  expect(says('undecided').color).toBe('yellow');
  expect(says('interrupted').color).toBe('grey');
  expect(says('a target that is away')).toMatchObject({ message: '0/1 check · 2026-11-20', color: 'yellow' });
});

test('shields.io takes the endpoint, with the fields that it knows', () => {
  expect(JSON.parse(renderShields(run('undecided')))).toEqual({
    schemaVersion: 1,
    label: 'MCP sessions',
    message: '1/2 checks · 2026-11-20',
    color: 'yellow',
  });
  expect(JSON.parse(renderShields(run('one of each verdict')))).toMatchObject({
    color: 'red',
    isError: true,
  });
});

test('the picture is said to who cannot see it, and asks nobody for anything', () => {
  for (const each of Object.values(spread)) {
    const text = renderBadge(each);
    const svg = parseXml(text);
    const { label, message } = badgeOf(each.report);
    expect(svg.attributes).toMatchObject({
      xmlns: 'http://www.w3.org/2000/svg',
      role: 'img',
      'aria-label': `${label}: ${message}`,
    });
    expect(svg.children[0]).toMatchObject({ name: 'title', text: `${label}: ${message}` });
    expect(all(svg, 'text').map((element) => element.text)).toEqual([label, message]);
    expect(text.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /http|href|<script|<image|<use|@import/,
    );
  }
});
