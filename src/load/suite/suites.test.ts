import { describe, expect, it } from 'vitest';
import { builtinSuitesDir } from '../catalogue/places.js';
import { loadSuites } from './suites.js';
import { renderDiagnostic } from '../yaml/render.js';
import { loadProfiles } from '../catalogue/profiles.js';
import { loadTexts, suiteWith } from '../testing/lint.js';

const termination = `
suite: termination
title: Ending a session
revisions: [2025-06-18, 2025-11-25]
shared:
  ended:
    - open: [alice, bob]
    - { send: ping, as: alice, name: alive, require: { status: 200, result: true } }
    - { delete: alice, require: { status: 2xx } }
checks:
  - id: termination.post-after-delete
    title: A request that carries a terminated id is refused
    requirement: { keys: [SM.404, SM.TERM] }
    harm: [served, { reasons: [refused], step: alive, where-refused: [alive] }]
    tags: [core]
    needs: [sessions, delete, echo]
    steps:
      - use: ended
      - { send: ping, as: bob, require: { result: true } }
      - send: probe.echo
        as: alice
        control: alive
        session: [own, { actor: bob, changed: same-form }]
        revision-header: none
        judge: { answer: terminated-id }
  - id: termination.storm
    title: Streams end with their session
    requirement: { level: SHOULD, says: streams end, section: basic }
    revisions: [2025-11-25]
    version: 2
    alone: true
    steps:
      - open: alice
      - { listen: alice, name: events, when: [get], require: { stream: true } }
      - repeat: 25
        concurrency: 5
        do:
          - parallel:
              - { notify: x, group: all }
              - { post: [{ jsonrpc: '2.0', id: 1, method: ping }], group: all }
      - { await: events, until: end, judge: { came: true }, reason: stream-open }
      - { quiet: events, for-ms: 200 }
    invariants: [{ holds: no-server-error, over: all, at-least: 20 }]
`;

describe('a suite without a mistake', () => {
  const { suites, diagnostics } = loadTexts({ 'termination.yaml': termination });
  const [ended, storm] = suites[0]?.checks ?? [];

  it('is loaded', () => {
    expect(diagnostics.map(renderDiagnostic)).toEqual([]);
    expect(suites).toMatchObject([{ suite: 'termination', title: 'Ending a session' }]);
  });

  it('has what the file leaves out', () => {
    expect(ended).toMatchObject({
      suite: 'termination',
      version: 1,
      alone: false,
      tags: ['core'],
      revisions: ['2025-06-18', '2025-11-25'],
      invariants: [],
      requirement: { keys: ['SM.404', 'SM.TERM'], section: 'basic/transports#session-management' },
      harm: [
        { reasons: ['served'], refused: [] },
        { reasons: ['refused'], step: 'alive', refused: ['alive'] },
      ],
    });
    expect(storm).toMatchObject({
      version: 2,
      alone: true,
      needs: [],
      tags: [],
      revisions: ['2025-11-25'],
      requirement: { keys: [], says: 'streams end', section: 'basic' },
      harm: [],
    });
  });

  it('has typed steps', () => {
    expect(ended?.steps.map(({ path, kind, name }) => [path, kind, name])).toEqual([
      ['0.0.0', 'open', 'alice'],
      ['0.0.1', 'open', 'bob'],
      ['0.1', 'send', 'alive'],
      ['0.2', 'delete', undefined],
      ['1', 'send', undefined],
      ['2', 'send', undefined],
    ]);
    expect(ended?.steps[0]).toMatchObject({
      require: { status: [200], result: true },
      initialized: true,
      session: { kind: 'own' },
    });
    expect(ended?.steps[5]).toEqual({
      kind: 'send',
      path: '2',
      when: [],
      as: 'alice',
      session: { kind: 'several', of: [{ kind: 'own' }, { kind: 'of', actor: 'bob', changed: 'same-form' }] },
      revisionHeader: { kind: 'none' },
      headers: {},
      connection: 'kept',
      deadlineMs: 2000,
      background: false,
      observe: false,
      judge: { kind: 'answer', set: 'terminated-id' },
      control: 'alive',
      method: 'probe.echo',
      nonce: true,
      abort: 'no',
    });
  });

  it('has steps within steps', () => {
    expect(storm?.steps.slice(2)).toMatchObject([
      {
        kind: 'repeat',
        times: 25,
        concurrency: 5,
        steps: [
          {
            path: '2.do.0',
            kind: 'parallel',
            steps: [
              { path: '2.do.0.0' },
              { path: '2.do.0.1', body: '[{"jsonrpc":"2.0","id":1,"method":"ping"}]' },
            ],
          },
        ],
      },
      {
        kind: 'await',
        stream: 'events',
        until: 'end',
        withinMs: 2000,
        judge: { came: true, reason: 'stream-open' },
      },
      { kind: 'quiet', stream: 'events', forMs: 200, reason: 'stray-message' },
    ]);
    expect(storm?.invariants).toEqual([
      { path: 'invariants.0', holds: 'no-server-error', over: 'all', atLeast: 20, tooFew: 'unclear' },
    ]);
  });
});

describe('several files', () => {
  const text = suiteWith('- open: alice\n- { send: ping, judge: { result: true } }');

  it('cannot give one id to two checks', () => {
    const { suites, diagnostics } = loadTexts({ 'a.yaml': text, 'b.yaml': `# the same\n${text}` });
    expect(suites).toHaveLength(2);
    expect(diagnostics.map(renderDiagnostic)[0]?.split('\n')).toEqual([
      'b.yaml:5:9: the id `demo.one` is taken by the check at a.yaml:4; give this one another',
      '    5 |   - id: demo.one',
      '      |         ^^^^^^^^',
    ]);
  });

  it('are given without those that have mistakes', () => {
    const { suites, diagnostics } = loadTexts({ 'a.yaml': text, 'b.yaml': 'suite: x' });
    expect(suites.map(({ suite }) => suite)).toEqual(['demo']);
    expect(diagnostics.map(({ file }) => file)).toEqual(['b.yaml', 'b.yaml']);
  });
});

it('the suites of the package are without a mistake', () => {
  const { profiles } = loadProfiles();
  expect(loadSuites([builtinSuitesDir()], profiles).diagnostics.map(renderDiagnostic)).toEqual([]);
});
