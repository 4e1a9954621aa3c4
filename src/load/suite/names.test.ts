import { expect, it } from 'vitest';
import { lint, loadTexts } from '../testing/lint.js';

/** A suite that uses `constructor`, which every object has, wherever an author chooses a name, and others as header fields. */
const odd = `
suite: constructor
title: Names
shared:
  constructor:
    - { send: ping, as: '\${constructor}', observe: true }
checks:
  - id: constructor.one
    title: A check
    requirement: { level: MUST, says: something, section: basic }
    steps:
      - open: constructor
      - { use: constructor, with: { constructor: constructor } }
      - { send: constructor, params: { constructor: 1 }, headers: { constructor: x, __proto__: y }, observe: true }
      - send: ping
        name: constructor-2
        headers: { toString: null }
        judge:
          result: { type: object, required: [constructor] }
          header: { constructor: { matches: '^x$' }, __proto__: absent }
`;

it('a name is one like any other', () => {
  expect(lint(odd)).toEqual([]);
  const { suites } = loadTexts({ 'mine.yaml': odd });
  const text = JSON.stringify(suites);
  expect(text).toContain('"headers":{"constructor":"x","__proto__":"y"}');
  expect(text).toContain('"header":{"constructor":{"matches":"^x$"},"__proto__":"absent"}');
});

it('a set of answers is not there because every object has one of that name', () => {
  const said = lint(`
suite: demo
title: Names
checks:
  - id: demo.one
    title: A check
    requirement: { level: MUST, says: something, section: basic }
    steps:
      - open: alice
      - { send: ping, session: none, judge: { answer: constructor } }
`);
  expect(said).toEqual([expect.stringContaining('has no set `constructor`')]);
});
