import { describe, expect, it } from 'vitest';
import { lint, lintMarked, suiteWith } from '../../testing/lint.js';

const judged = '- { send: ping, judge: { result: true } }';

/** Each is the second step of a check whose first opens alice and whose last is judged. */
const mistakes: readonly (readonly [mistake: string, steps: string, says: string])[] = [
  [
    'two steps with one name',
    '- { send: ping, name: x, observe: true }\n- { send: ping, name: «x», observe: true }',
    'another step of this check is called `x`; give one of them another name',
  ],
  [
    'a step with the name of an actor',
    '- { send: ping, name: «alice», observe: true }',
    'another step of this check is called `alice`; give one of them another name',
  ],
  [
    'the session of an actor that was not opened',
    '- { send: ping, session: «alise», observe: true }',
    'no `open: alise` before this; did you mean `alice`?',
  ],
  [
    'one of several sessions likewise',
    '- { send: ping, session: { joined: ",", ids: [own, «{ actor: eve }»] }, observe: true }',
    'no `open: eve` before this; there is `alice`',
  ],
  [
    'an actor without session that sends its own',
    '- { send: ping, as: «eve», observe: true }',
    '`eve` has no session yet: open it before this, or say which `session` to send; there is `alice`',
  ],
  [
    'an answer of an actor that can be asked for nothing',
    '- { answer: «alice», when: [ask], observe: true }',
    'no step before this opens `alice` with `declares`, so the server has nothing to ask it',
  ],
  [
    'the same for DELETE',
    '- { delete: «alic», observe: true }',
    '`alic` has no session yet: open it before this, or say which `session` to send; did you mean `alice`?',
  ],
  [
    'a stream that nothing opened',
    '- { await: «events», until: event }\n- { listen: alice, name: events, when: [get], require: { stream: true } }',
    'no step before this is called `events`; there is `alice`',
  ],
  [
    'a quiet window on nothing',
    '- { quiet: «alicf», for-ms: 100 }',
    'no step before this is called `alicf`; did you mean `alice`?',
  ],
  ['a close of nothing', '- { close: «events» }', 'no step before this is called `events`; there is `alice`'],
  [
    'a request that nothing looks at',
    '- «send»: ping',
    'nothing looks at what this step gets; say `require`, `judge`, `group`, `save`, or `observe: true`',
  ],
  [
    'a refusal without control',
    '- { send: ping, session: none, judge: «{ status: [400, 4xx] }» }',
    'a target that refuses everything would pass this; name under `control` the same kind of request that succeeds in this check',
  ],
  [
    'a graded refusal without control',
    '- { send: ping, judge: «[{ if: { status: 404 }, then: pass }, { if: { status: 2xx }, then: fail }]» }',
    'a target that refuses everything would pass this; name under `control` the same kind of request that succeeds in this check',
  ],
  [
    'an error without control',
    '- { send: ping, judge: «{ error: true }» }',
    'a target that refuses everything would pass this; name under `control` the same kind of request that succeeds in this check',
  ],
  [
    'a set of refusals without control',
    '- { send: ping, judge: «{ answer: terminated-id }» }',
    'a target that refuses everything would pass this; name under `control` the same kind of request that succeeds in this check',
  ],
  [
    'an unknown control',
    '- { send: ping, control: «alive», judge: { status: 404 } }',
    'no step of this check is called `alive`; did you mean `alice`?',
  ],
  [
    'a control of another kind',
    '- { send: ping, control: «alice», judge: { status: 404 } }',
    '`alice` is another kind of request: initialize, not request',
  ],
  [
    'a control that a refusal would meet',
    '- { send: ping, name: x, require: { session-id: absent } }\n- { send: ping, control: «x», judge: { status: 404 } }',
    'a refusal would do for `x` too; it must `require` a status such as 2xx, a result or a stream',
  ],
  [
    'a control without demand',
    '- { send: ping, name: x, observe: true }\n- { send: ping, control: «x», judge: { status: 404 } }',
    'a refusal would do for `x` too; it must `require` a status such as 2xx, a result or a stream',
  ],
  [
    'a step that is its own control',
    '- { send: ping, name: x, control: «x», judge: { status: 404 } }',
    'a step cannot be its own control; name the one that succeeds',
  ],
  [
    'an unknown set of answers',
    '- { send: ping, judge: { answer: «terminatd-id» } }',
    'the profile spec has no set `terminatd-id`; did you mean `terminated-id`?',
  ],
  [
    'a set that has no such row',
    '- { open: bob, judge: { answer: «missing-id» } }',
    'the set `missing-id` of the profile spec has no row `initialize`',
  ],
  [
    'a grade that depends on a step that there is not',
    '- { send: ping, name: x, observe: true }\n- { send: ping, judge: [{ if: { status: 2xx }, where-refused: «[y]», then: fail, reason: served }, { if: { answered: true }, then: unspecified }] }',
    'no step of this check is called `y`; there is `alice` and `x`',
  ],
  [
    'grades that all pass',
    '- { send: ping, judge: «[{ if: { status: 2xx }, then: pass }, { if: { error: true }, then: pass }]» }',
    'every grade of this list is `pass`; add what fails, or write one expectation',
  ],
  [
    'an analysis of no group',
    '- { analyse: uuid, over: «ids», judge: { uuid: true }, reason: malformed-id }',
    'no step has `group: ids`',
  ],
  [
    'a group that nothing reads',
    '- { send: ping, group: «replies» }',
    'no analysis or invariant is over `replies`; add one, or leave the group out',
  ],
  [
    'an unknown finding',
    '- { open: bob, group: ids }\n- { analyse: uuid, over: ids, judge: { «uid»: true }, reason: malformed-id }',
    '`uuid` finds no `uid`; did you mean `uuid`?',
  ],
  [
    'a schema that is none',
    '- { send: ping, require: { result: { type: «objct» } } }',
    '`type` cannot be `objct`; did you mean `object`?',
  ],
  [
    'a pattern that is none',
    `- { send: ping, require: { header: { x: { matches: «'('» } } } }`,
    'this is no pattern in the syntax of RE2: missing closing ): `(`',
  ],
  [
    'a pattern for an id, which is masked',
    `- { send: ping, require: { header: { mcp-session-id: { matches: «'^[0-9a-f-]+$'» } } } }`,
    'ids are masked before they are judged; `record` them, and `analyse` the record',
  ],
  [
    'more requests than any check needs',
    `- «repeat»: 10000
  do:
    - repeat: 10000
      do:
        - { repeat: 10000, do: [{ send: ping, observe: true }] }`,
    'this check takes billions of steps, at most 20000 may be; repeat less in it',
  ],
  [
    'bursts within a repetition',
    `- «repeat»: 200
  do:
    - repeat: burst
      do: [{ send: ping, observe: true }]`,
    'this check takes 40002 steps, at most 20000 may be; repeat less in it',
  ],
  [
    'a reason beside a set',
    '- { open: bob, judge: { answer: unknown-id }, «reason»: served }',
    '`reason` belongs to an expectation; the profile gives the reason',
  ],
  [
    'a request to another node without need',
    '- { send: ping, node: «other», observe: true }',
    'this takes `replicas`; add it to the `needs` of the check',
  ],
  [
    'a wait for an expiry without need',
    '- idle-timeouts: «2»',
    'this takes `idle-timeout`; add it to the `needs` of the check',
  ],
  [
    'a probe without its fact',
    '- { send: «probe.state.read», observe: true }',
    '`probe.state.read` is there only where the target has `state`; add it to the `needs` of the check, or to the `when` of the step',
  ],
  [
    'a stream without its fact',
    '- { listen: «alice», require: { stream: true } }',
    'what this judges by `listen` is there only where the target has `get`; add it to the `needs` of the check, or to the `when` of the step',
  ],
  [
    'a DELETE without its fact',
    '- { delete: «alice», judge: [{ if: { status: 2xx }, then: pass }, { if: { status: 405 }, then: fail }] }',
    'what this judges by `delete` is there only where the target has `delete`; add it to the `needs` of the check, or to the `when` of the step',
  ],
  [
    'a fresh word that was not asked for',
    "- { send: ping, params: { word: «'${nonce}'» }, observe: true }",
    'this request has no fresh word; say `nonce: true`',
  ],
  [
    'a fresh word of a notification',
    "- { notify: x, params: { word: «'${nonce}'» }, observe: true }",
    'only a `send` has a fresh word; `save` what its answer repeats, and use that',
  ],
  [
    'a value that is saved only later',
    "- { send: ping, params: { a: «'${word}'» }, observe: true }\n- { send: ping, save: { word: result.a } }",
    'no step before this saves `${word}`',
  ],
  [
    'a value of another branch',
    "- parallel:\n  - { send: ping, save: { word: result.a } }\n  - { send: ping, params: { a: «'${word}'» }, observe: true }",
    'no step before this saves `${word}`',
  ],
  [
    'a value that nothing uses',
    '- { send: ping, save: { «word»: result.a } }',
    'no step uses `${word}`; use it, or save nothing',
  ],
  [
    'a value that stands nowhere',
    "- { send: ping, save: { word: «reslt.a» } }\n- { send: ping, params: { a: '${word}' }, observe: true }",
    'this is no place in an answer; write `result.…`, `error.…`, `headers.name` or `events[0].id`, with `.key`, `["key"]` and `[0]`',
  ],
  [
    'a value in rounds within rounds',
    "- repeat: 2\n  do:\n    - { send: ping, «save»: { word: result.a } }\n    - { repeat: 2, do: [{ send: ping, params: { a: '${word}' }, observe: true }] }",
    'a step in a `repeat` that has another `repeat` in it, or around it, cannot `save`',
  ],
  ...[
    'result: false',
    'error: false',
    'lacks: secret',
    'echoes: false',
    'session-id: absent',
    'answered: false',
  ].map((absence): readonly [string, string, string] => [
    `an absence that silence meets, ${absence}`,
    `- { send: ping, name: p, require: { result: true } }\n- { send: ping, control: p, judge: «{ ${absence} }» }`,
    'this says only what must not come, and a target that hangs sends nothing; say beside it what must come, `answered: true` or a `status`, or grade `answered: false` first',
  ]),
  [
    'a grade that silence meets',
    '- { send: ping, name: p, require: { result: true } }\n- { send: ping, control: p, judge: [{ if: { result: true }, then: fail }, { if: «{ result: false }», then: pass }] }',
    'this says only what must not come, and a target that hangs sends nothing; say beside it what must come, `answered: true` or a `status`, or grade `answered: false` first',
  ],
  [
    'nothing on a stream that may be dead',
    '- { listen: alice, when: [get], name: s, require: { stream: true } }\n- { await: s, until: event, judge: «{ came: false }», reason: stray-message }',
    'a dead stream would pass this; let something come on `s` later, and `await` it with `require: true`',
  ],
  [
    'one step beside nothing',
    '- parallel: «[{ send: ping, observe: true }]»',
    'one step alone is beside nothing; write it without `parallel`',
  ],
  [
    'a name that nothing refers to',
    '- { send: ping, name: «x» }',
    'nothing refers to `x`, and nothing else looks at what this step gets; say `require`, `judge`, `group`, or `observe: true`',
  ],
  [
    'parameters of a probe',
    '- { send: probe.plain, params: «{ a: 1 }», observe: true }',
    'a probe brings its own parameters; leave these out',
  ],
  [
    'an answer that is there already',
    '- { send: ping, name: x, require: { result: true } }\n- { await: «x», until: answer }',
    'the answer to `x` is there already, because no `background: true` stands there',
  ],
  [
    'a pattern of an error that is none',
    "- { send: ping, require: { error: { message: { matches: «'('» } } } }",
    expect.stringContaining('('),
  ],
  [
    'a tool where none is called',
    '- { send: tools/list, require: { tool: «ok» } }',
    'this step calls no tool; `tool` is about `tools/call` and probes',
  ],
  [
    'a variable that nothing fills',
    "- { send: ping, rpc-id: «'x-${nonse}'», observe: true }",
    'nothing gives `${nonse}` a value here; did you mean `nonce`?',
  ],
];

describe('what the schema cannot say is examined', () => {
  it.each(mistakes)('%s', (_, steps, says) => {
    const { said, underlined, meant } = lintMarked(suiteWith(`- open: alice\n${steps}\n${judged}`));
    expect(said).toEqual([says]);
    expect(underlined).toBe(meant);
  });

  it('a check that cannot fail', () => {
    const said = '7:5 this check cannot fail: no step has a `judge`, and there are no `invariants`';
    expect(lint(suiteWith('- open: alice'))).toEqual([said]);
  });

  it('an invariant over no record', () => {
    const text = `${suiteWith('- open: alice')}    invariants: [{ holds: no-server-error, over: replies }]\n`;
    expect(lint(text)).toEqual(['9:50 no step has `group: replies`']);
  });

  it('a process that ends under others', () => {
    const text = suiteWith(`- open: alice\n- process: stop\n${judged}`);
    expect(lint(text)).toEqual([
      '9:18 this takes `operator`; add it to the `needs` of the check',
      '9:18 a check that ends the process runs by itself; say `alone: true` in the check',
    ]);
  });

  it('a `close` at the end', () => {
    const text = suiteWith(
      `- open: alice\n${judged}\n- { listen: alice, name: s, when: [get], observe: true }\n- close: s`,
    );
    expect(lint(text)).toEqual(['11:16 this closes what ends with the check anyway; leave it out']);
  });

  it('a `when` that is needed anyway', () => {
    const text = suiteWith(
      `- open: alice\n- { listen: alice, when: [get], observe: true }\n${judged}`,
    ).replace('    steps:', '    needs: [get]\n    steps:');
    expect(lint(text)).toEqual(['10:33 the check `needs` `get` already; leave it out here']);
  });

  it('an id of another suite', () => {
    const text = suiteWith(`- open: alice\n${judged}`).replace('id: demo.one', 'id: other.one');
    expect(lint(text)).toEqual(['4:9 an id in this suite starts with `demo.`']);
  });

  it.each([
    ['{ keys: [SM.404, «SM.405»] }', 'no requirement has the key `SM.405`; did you mean `SM.404`?'],
    ['{ keys: [SM.404], «level»: MUST }', '`level` comes with the keys; leave it out'],
    ['{ keys: [SM.404], «section»: basic }', '`section` comes with the keys; leave it out'],
    ['«{ says: something }»', 'a requirement needs `keys`, or `level` and `says` for a rule of your own'],
    ['{ level: «practice», says: something }', expect.stringMatching(/^`level` cannot be `practice`; /)],
    [
      '{ keys: [SM.404] }\n    harm: [«{ step: ping }»]',
      'no step of this check is called `ping`; there is `alice`',
    ],
    ['{ keys: [SM.404] }\n    harm: [«servd»]', '`harm` cannot be `servd`; did you mean `served`?'],
    ['{ keys: [SM.404] }\n    harm: «false»', '`harm` cannot be `false`; only `true`'],
  ])('the requirement or the harm of %s', (requirement, says) => {
    const text = suiteWith(`- open: alice\n${judged}`).replace(
      /requirement: .*/,
      `requirement: ${requirement}`,
    );
    const { said, underlined, meant } = lintMarked(text);
    expect(said).toEqual([says]);
    expect(underlined).toBe(meant);
  });

  it('neither of a rule of the author, with a section or without', () => {
    for (const requirement of ['{ level: house, says: it }', '{ level: SHOULD, says: it, section: basic }'])
      expect(
        lint(suiteWith(`- open: alice\n${judged}`).replace(/requirement: .*/, `requirement: ${requirement}`)),
      ).toEqual([]);
  });

  it('a check in which no actor opens', () => {
    expect(lint(suiteWith('- { send: ping, session: none, judge: { result: true } }'))).toEqual([
      '8:9 no step of this check opens an actor; say with `as` who sends this',
    ]);
  });
});
