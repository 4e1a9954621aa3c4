import { describe, expect, it } from 'vitest';
import { lint, suiteWith } from './testing/lint.js';

const steps: readonly (readonly [mistake: string, step: string, ...said: string[]])[] = [
  [
    'an unknown predicate',
    '- { send: ping, judge: { statuss: 404 } }',
    '9:32 unknown predicate `statuss`; did you mean `status`?',
  ],
  ['an unknown step', '- { sned: ping }', '9:11 unknown step `sned`; did you mean `send`?'],
  ['a step without a kind', '- { name: x }', `9:9 a step needs one of ${kinds()}`],
  [
    'a step of two kinds',
    '- { open: bob, send: ping }',
    '9:22 a step is one thing, and this is `open` and `send`; make a step of each',
  ],
  [
    'an option of another step',
    '- { delete: alice, as: bob, observe: true }',
    expect.stringMatching(/^9:26 `delete` has no option `as`; there is `delete`, /),
  ],
  ['a step that is none', '- 3', '9:9 a step must be a mapping, not a number'],
  [
    'an empty expectation',
    '- { send: ping, judge: {} }',
    expect.stringMatching(/^9:30 `judge` is empty; it needs at least one of `status`, .* or `ended`$/),
  ],
  [
    'a status that is none',
    '- { send: ping, require: { status: 700 } }',
    '9:42 `status` must be at most 599',
  ],
  [
    'a class of status that is none',
    '- { send: ping, require: { status: 9xx } }',
    '9:42 `9xx` cannot stand here; expected is a status code, or a class such as 2xx',
  ],
  [
    'a judge that is text',
    '- { send: ping, judge: terminated-id }',
    '9:30 `judge` must be a mapping or a list, not text',
  ],
  [
    'a grade without outcome',
    '- { send: ping, judge: [{ if: { status: 404 } }] }',
    '9:31 a grade needs `then`',
  ],
  [
    'an unknown outcome',
    '- { send: ping, judge: [{ if: { status: 404 }, then: passs }] }',
    '9:60 `then` cannot be `passs`; did you mean `pass`?',
  ],
  [
    'an unknown reason',
    '- { send: ping, judge: { status: 200 }, otherwise: servd }',
    '9:58 `otherwise` cannot be `servd`; did you mean `served`?',
  ],
  [
    'an unknown fact',
    '- { send: ping, observe: true, when: [sesions] }',
    '9:45 `when` cannot be `sesions`; did you mean `sessions`?',
  ],
  [
    'an unknown probe',
    '- { send: probe.ech, observe: true }',
    '9:17 `send` cannot be `probe.ech`; did you mean `probe.echo`?',
  ],
  [
    'an unknown change of an id',
    '- { send: ping, observe: true, session: { of: alice, changed: mutan } }',
    expect.stringMatching(/^9:69 `changed` cannot be `mutan`; did you mean `mutant`\?/),
  ],
  [
    'a session that is none',
    '- { send: ping, observe: true, session: { off: alice } }',
    '9:49 unknown key `off`; did you mean `of`?',
  ],
  [
    'an actor with a taken name',
    '- { open: own }',
    expect.stringMatching(/^9:17 `own` cannot stand here; expected is the name of one simulated client/),
  ],
  [
    'a header that is none',
    "- { send: ping, observe: true, headers: { 'a b': x } }",
    '9:49 `a b` cannot stand here; expected is the name of a header field',
  ],
  [
    'a value that only can be true',
    '- { send: ping, observe: false }',
    '9:32 `observe` cannot be `false`; only `true`',
  ],
  ['no steps to repeat', '- { repeat: 3, do: [] }', '9:26 `do` must not be empty'],
  [
    'a reason without a judge',
    '- { send: ping, observe: true, otherwise: served }',
    '9:38 `otherwise` says nothing without `judge` beside it',
  ],
  [
    'a judged await without a reason',
    '- { await: x, for: end, judge: { came: true } }',
    '9:31 `judge` says nothing without `otherwise` beside it',
  ],
  [
    'a revision that has no sessions',
    '- { open: bob, revision: 2024-11-05 }',
    expect.stringMatching(/^9:32 `revision` cannot be `2024-11-05`; /),
  ],
];

describe('what the schema refuses is said in a sentence, at its place', () => {
  it.each(steps)('%s', (_, step, ...said) => {
    expect(lint(suiteWith(`- open: alice\n${step}`))).toEqual(said);
  });

  it('names everything that is wrong, not only the first', () => {
    const text = suiteWith('- open: alice\n  whn: [get]\n- { sned: ping }').replace(
      'title: A check',
      'titel: A check',
    );
    expect(lint(text)).toEqual([
      '4:5 a check needs `title`',
      '5:5 unknown key `titel`; did you mean `title`?',
      expect.stringMatching(/^9:9 `open` has no option `whn`; did you mean `when`\?/),
      '10:11 unknown step `sned`; did you mean `send`?',
    ]);
  });

  it('says what is missing of the suite itself', () => {
    expect(lint('checks: []')).toEqual([
      '1:1 this file needs `suite`',
      '1:1 this file needs `title`',
      '1:9 `checks` must not be empty',
    ]);
    expect(lint('3')).toEqual(['1:1 this file must be a mapping, not a number']);
    expect(lint('')).toEqual(['1:1 this file must be a mapping, not nothing']);
  });

  it('points at the second of two equal items', () => {
    const text = suiteWith('- { open: alice, judge: { id: present } }').replace(
      '    steps:',
      '    needs: [delete, get, delete]\n    steps:',
    );
    expect(lint(text)).toEqual(['7:26 this stands twice in the list']);
  });
});

function kinds(): string {
  const last = '`analyse` or `use`';
  return `\`open\`, \`send\`, \`notify\`, \`post\`, \`listen\`, \`delete\`, \`raw\`, \`parallel\`, \`repeat\`, \`await\`, \`quiet\`, \`close\`, ${last}`;
}
