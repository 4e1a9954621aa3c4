import { describe, expect, it } from 'vitest';
import { lint, loadTexts, suiteSharing } from '../testing/lint.js';

const judged = '- { send: ping, judge: { result: true } }';

/** What is said when `step` stands in line 9 and the shared steps begin in line 12. */
function said(step: string, shared: string): readonly string[] {
  return lint(suiteSharing(`- open: alice\n${step}\n${judged}`, shared));
}

describe('shared steps', () => {
  it('are put in with their arguments', () => {
    const steps =
      '- open: [alice, bob]\n- use: asked\n  with: { who: bob, times: 3, wants: { status: 2xx } }\n' + judged;
    const shared = [
      '  asked:',
      '    - use: inner',
      "      with: { actor: '${who}' }",
      "    - repeat: '${times}'",
      "      do: [{ send: ping, as: '${who}', rpc-id: 'x-${who}-${i}', require: '${wants}' }]",
      '  inner:',
      "    - { send: ping, as: '${actor}', require: { result: true } }",
    ];
    const { suites, diagnostics } = loadTexts({ 'mine.yaml': suiteSharing(steps, shared.join('\n')) });
    expect(diagnostics).toEqual([]);
    expect(suites[0]?.checks[0]?.steps).toMatchObject([
      { path: '0.0', kind: 'open', as: 'alice' },
      { path: '0.1', kind: 'open', as: 'bob' },
      { path: '1.0.0', kind: 'send', as: 'bob' },
      {
        path: '1.1',
        kind: 'repeat',
        times: 3,
        steps: [{ path: '1.1.do.0', as: 'bob', rpcId: 'x-bob-${i}', require: { status: ['2xx'] } }],
      },
      { path: '2', kind: 'send', as: 'alice' },
    ]);
  });

  it('are put in once for each row of a table', () => {
    const steps = [
      '- open: [alice, bob]',
      '- use: asked',
      '  with: { who: bob }',
      '  each: [{ method: ping, when: [] }, { method: tools/list, when: [tools], who: alice }]',
      judged,
    ].join('\n');
    const shared =
      "  asked: [{ send: '${method}', as: '${who}', when: '${when}', name: 'of.${method}', observe: true }]";
    const { suites, diagnostics } = loadTexts({ 'mine.yaml': suiteSharing(steps, shared) });
    expect(diagnostics).toEqual([]);
    expect(suites[0]?.checks[0]?.steps.slice(2, 4)).toMatchObject([
      { path: '1.0.0', method: 'ping', as: 'bob', when: [], name: 'of.ping' },
      { path: '1.1.0', method: 'tools/list', as: 'alice', when: ['tools'], name: 'of.tools/list' },
    ]);
  });

  it('say in which row an argument is wrong, or missing', () => {
    const shared = "  x: [{ send: '${method}', observe: true }]";
    expect(said('- { use: x, each: [{ method: ping }, { methd: ping }] }', shared)).toEqual([
      '9:16 `x` needs a value for `method` under `with`',
      expect.stringMatching(/^9:\d+ `x` has no `\$\{methd\}`; did you mean `method`\?/),
    ]);
  });

  it('of an unknown name', () => {
    expect(said('- use: endded', '  ended: [{ send: ping, observe: true }]')).toEqual([
      '9:14 no shared steps `endded`; did you mean `ended`?',
      '12:3 no check uses `ended`; use it or remove it',
    ]);
  });

  it('with an argument in the place of a list of steps', () => {
    const steps = '- open: alice\n- use: x\n  with: { all: alice }\n' + judged;
    expect(lint(suiteSharing(steps, "  x: [{ parallel: '${all}' }]"))).toEqual([
      expect.stringContaining('`parallel` must be a list, not text (as used in line 9)'),
    ]);
  });

  it('without an argument', () => {
    expect(said('- use: x', "  x: [{ send: '${method}', observe: true }]")).toEqual([
      '9:14 `x` needs a value for `method` under `with`',
    ]);
  });

  it('with an argument that they do not have', () => {
    expect(
      said(
        '- { use: x, with: { methd: ping, method: ping } }',
        "  x: [{ send: '${method}', observe: true }]",
      ),
    ).toEqual(['9:34 `x` has no `${methd}`; did you mean `method`?']);
  });

  it('with an argument of a wrong type', () => {
    const shared = "  x:\n    - { repeat: '${n}', do: [{ send: ping, observe: true }] }";
    expect(said('- { use: x, with: { n: often } }', shared)).toEqual([
      '13:17 `often` cannot stand here; expected is a whole number or `burst` (as used in line 9)',
    ]);
  });

  it('that use themselves', () => {
    expect(said('- use: x', '  x: [{ use: y }]\n  y: [{ use: x }]')).toEqual([
      '13:14 `x` uses itself: x → y → x (as used in line 9)',
    ]);
  });

  it('that are wrong themselves are said to be so once', () => {
    expect(said('- use: x\n- use: x', '  x: [{ send: ping, as: eve, observe: true }]')).toEqual([
      '13:25 `eve` has no session yet: open it before this, or say which `session` to send; there is `alice` (as used in line 9)',
    ]);
  });

  it('that do not have the right shape leave the checks alone', () => {
    expect(said('- use: x', '  x: [{ send: ping, observ: true }]')).toEqual([
      expect.stringMatching(/^12:21 `send` has no option `observ`; did you mean `observe`\?/),
    ]);
  });

  it('do not expand without end', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, n) => `  x${n}: [{ use: x${n + 1} }, { use: x${n + 1} }]`,
    );
    const shared = [...doubling, '  x40: [{ send: ping, observe: true }]'].join('\n');
    expect(said('- use: x0', shared)).toEqual([
      '11:1 the uses of these steps expand to too much; nest them less',
    ]);
  });

  it('do not let arguments grow without end', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, n) => `  x${n}: [{ use: x${n + 1}, with: { a: '\${a}\${a}', b: ['\${b}', '\${b}'] } }]`,
    );
    const shared = [...doubling, "  x40: [{ send: '${a}', params: '${b}', observe: true }]"].join('\n');
    const text = said('- { use: x0, with: { a: aaaa, b: [1] } }', shared);
    expect(text).toContain('11:1 the uses of these steps expand to too much; nest them less');
  });
});
