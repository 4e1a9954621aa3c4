import { expect, it } from 'vitest';
import { lint } from '../testing/lint.js';

const check = [
  'checks:',
  '  - id: demo.one',
  '    title: A check',
  '    requirement: { level: MUST, says: something, section: basic }',
  '    steps: [{ open: alice }, { send: ping }]',
].join('\n');

it('a check is examined although something around it is wrong', () => {
  expect(lint(`suit: demo\n${check}`)).toEqual([
    '1:1 this file needs `suite`',
    '1:1 this file needs `title`',
    '1:1 unknown key `suit`; did you mean `suite`?',
    '6:5 this check cannot fail: no step has a `judge`, and there are no `invariants`',
    '6:30 nothing looks at what this step gets; say `require`, `judge`, `group`, `save`, or `observe: true`',
  ]);
});

it('shared steps that are no mapping stop there', () => {
  expect(lint(`suite: demo\ntitle: Demo\nshared: abc\n${check.replace('send: ping', 'use: "0"')}`)).toEqual([
    '3:9 `shared` must be a mapping, not text',
  ]);
});

it('an alias is said to be wrong once, where it is written', () => {
  const text = `suite: demo\ntitle: Demo\n${check.replace('requirement: {', 'requirement: &r { key: x,')}\n`;
  const again =
    text +
    check
      .replace('checks:\n', '')
      .replace('one', 'two')
      .replace(/requirement: .*/, 'requirement: *r') +
    '\n';
  expect(lint(again).filter((line) => line.includes('`key`'))).toEqual([
    expect.stringMatching(/^6:23 unknown key `key`; did you mean `keys`\?/),
  ]);
});
