import { describe, expect, it } from 'vitest';
import { lint, lintMarked, suiteWith } from '../testing/lint.js';

const steps: readonly (readonly [mistake: string, steps: string, says: string])[] = [
  [
    'an unknown predicate',
    '- { send: ping, judge: { «statuss»: 404 } }',
    'unknown predicate `statuss`; did you mean `status`?',
  ],
  ['an unknown step', '- { «sned»: ping }', 'unknown step `sned`; did you mean `send`?'],
  [
    'a step without a kind',
    '- «{ name: x }»',
    'a step needs one of `open`, `send`, `answer`, `notify`, `post`, `listen`, `delete`, `raw`, `parallel`, `repeat`, `await`, `quiet`, `pause-ms`, `idle-timeouts`, `process`, `end-input`, `close`, `analyse` or `use`',
  ],
  [
    'a step of two kinds',
    '- { open: bob, «send»: ping }',
    'a step is one thing, and this is `open` and `send`; make a step of each',
  ],
  [
    'an option of another step',
    '- { delete: alice, «as»: bob, observe: true }',
    expect.stringContaining('`delete` has no option `as`;'),
  ],
  ['a step that is none', '- «3»', 'a step must be a mapping, not a number'],
  [
    'an empty expectation',
    '- { send: ping, judge: «{}» }',
    expect.stringMatching(/^`judge` is empty; it needs at least one of `status`, `result`, .* or `ended`$/),
  ],
  ['a status that is none', '- { send: ping, require: { status: «700» } }', '`status` must be at most 599'],
  [
    'a class of status that is none',
    '- { send: ping, require: { status: «9xx» } }',
    '`9xx` cannot stand here; expected is a status code, or a class such as 2xx',
  ],
  [
    'a judge that is text',
    '- { send: ping, judge: «terminated-id» }',
    '`judge` must be a mapping or a list, not text',
  ],
  ['a grade without outcome', '- { send: ping, judge: [«{ if: { status: 404 } }»] }', 'a grade needs `then`'],
  [
    'an unknown outcome',
    '- { send: ping, judge: [{ if: { status: 404 }, then: «passs» }] }',
    '`then` cannot be `passs`; did you mean `pass`?',
  ],
  [
    'an unknown reason',
    '- { send: ping, judge: { status: 200 }, reason: «servd» }',
    '`reason` cannot be `servd`; did you mean `served`?',
  ],
  [
    'an unknown fact',
    '- { send: ping, observe: true, when: [«sesions»] }',
    '`when` cannot be `sesions`; did you mean `sessions`?',
  ],
  [
    'an unknown probe',
    '- { send: «probe.ech», observe: true }',
    '`send` cannot be `probe.ech`; did you mean `probe.echo`?',
  ],
  [
    'an unknown change of an id',
    '- { send: ping, observe: true, session: { actor: alice, changed: «same-fom» } }',
    '`changed` cannot be `same-fom`; did you mean `same-form`?',
  ],
  [
    'a session that is none',
    '- { send: ping, observe: true, session: { «actr»: alice } }',
    'unknown key `actr`; did you mean `actor`?',
  ],
  ['an actor with a taken name', '- { open: «own» }', expect.stringContaining('`own` cannot stand here;')],
  [
    'a header that is none',
    `- { send: ping, observe: true, headers: { «'a b'»: x } }`,
    '`a b` cannot stand here; expected is the name of a header field',
  ],
  [
    'a value that only can be true',
    '- { send: ping, observe: «false» }',
    '`observe` cannot be `false`; only `true`',
  ],
  ['no steps to repeat', '- { repeat: 3, do: «[]» }', '`do` must not be empty'],
  [
    'a reason without a judge',
    '- { send: ping, observe: true, «reason»: served }',
    '`reason` says nothing without `judge` beside it',
  ],
  [
    'a judged await without a reason',
    '- { await: x, until: end, «judge»: { came: true } }',
    '`judge` says nothing without `reason` beside it',
  ],
  [
    'a revision that has no sessions',
    '- { open: bob, revision: «2024-11-05» }',
    '`revision` cannot be `2024-11-05`; there is `2025-03-26`, `2025-06-18`, `2025-11-25`, `2026-07-28` and `other`',
  ],
];

describe('what the schema refuses is said in a sentence, at its place', () => {
  it.each(steps)('%s', (_, step, says) => {
    const { said, underlined, meant } = lintMarked(
      suiteWith(`- open: alice
${step}`),
    );
    expect(said).toEqual([says]);
    expect(underlined).toBe(meant);
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
    const text = suiteWith('- { open: alice, judge: { session-id: present } }').replace(
      '    steps:',
      '    needs: [delete, get, delete]\n    steps:',
    );
    expect(lint(text)).toEqual(['7:26 this stands twice in the list']);
  });
});
