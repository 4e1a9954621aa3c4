import { describe, expect, it } from 'vitest';
import { type CompanyStop } from '../model/company.js';
import { needNames, unmet } from '../model/need.js';
import type { Check } from '../model/suite.js';
import { sampleFacts } from '../testing/sample.js';
import { isOfEra } from '../model/revision.js';
import { builtIn, builtInChecks, checkOf } from '../testing/check.js';
import { executed } from '../testing/deps.js';
import { plain, scripted, type Deviation } from '../testing/target.js';
import { plan } from './plan.js';

const check = checkOf(`
  - open: [alice, bob]
  - { send: ping, as: alice, require: { status: 200 } }
  - parallel:
      - { send: ping, as: alice, observe: true }
      - repeat: 3
        do:
          - { send: ping, as: bob, observe: true }
  - { send: ping, as: alice, when: [state], observe: true }
  - { delete: bob, judge: { status: 2xx } }
`);

const countedWith = async (one: Check, deviate?: Deviation) => {
  let counted = 0;
  await executed(one, scripted(deviate).target, { turn: async () => void (counted += 1) });
  return counted;
};

// Every question is refused for load, and a client that asks afterwards gets a session.
const refusing: Deviation = ({ method, message, session, connection }) =>
  method === 'ping' && session !== undefined
    ? plain(429)
    : method === 'initialize' && connection < 2 && message['id'] === 2001
      ? plain(503)
      : undefined;

describe('a plan', () => {
  it('says in the words of a tool why a need is not met', () => {
    const refusals = { state: 'put was tried and refused: "log in first"' };
    const [entry] = plan([{ ...check, needs: ['state'] }], [{ ...sampleFacts, refusals }]).entries;
    expect(entry).toMatchObject({
      says: 'The fact `state` is missing: put was tried and refused: "log in first".',
    });
  });

  it('leaves a check out whose need is not met, and says which', () => {
    const [entry] = plan([{ ...check, needs: ['sessions', 'state'] }], [sampleFacts]).entries;
    expect(entry).toMatchObject({
      run: false,
      reason: 'fact-missing',
      says: unmet.state,
    });
  });

  it.each([
    'state',
    'identity',
    'slow',
    'notify',
    'idle-timeout',
    'two-principals',
    'replicas',
    'operator',
  ] as const)('says what to configure where %s is not met', (need) => {
    const [entry] = plan([{ ...check, needs: [need] }], [{ ...sampleFacts, needsMet: [] }]).entries;
    expect(entry).toMatchObject({ says: unmet[need] });
    expect(unmet[need]).toContain('sessionspec.yaml');
  });

  it('leaves a check out that is no part of the revision', () => {
    const [entry] = plan([{ ...check, revisions: ['2025-03-26'] }], [sampleFacts]).entries;
    expect(entry).toMatchObject({ run: false, reason: 'other-revision' });
  });

  it.each([
    ['- { open: alice, judge: { status: 200 }, reason: refused }', true],
    ['- open: [alice, bob]\n- { send: probe.echo, as: alice, session: bob, judge: { status: 200 } }', true],
    [
      '- open: alice\n- { send: ping, session: none, observe: true }\n- { delete: alice, judge: { status: 2xx } }',
      true,
    ],
    ['- open: alice\n- { post: [{ jsonrpc: "2.0", id: 1, method: ping }], judge: { status: 200 } }', true],
    ['- open: alice\n- { send: ping, headers: { Origin: http://a }, judge: { status: 200 } }', true],
    [
      '- open: alice\n- { send: tools/call, when: [slow], observe: true }\n- { send: ping, judge: { status: 200 } }',
      true,
    ],
    [
      '- open: alice\n- { send: ping, name: a, require: { status: 200 } }\n- { send: ping, session: { actor: alice, changed: same-form }, control: a, judge: { status: 404 } }',
      false,
    ],
    [
      '- open: alice\n- { send: ping, name: a, require: { status: 200 } }\n- { send: ping, session: { generated: uuid }, control: a, judge: { status: 404 } }',
      false,
    ],
    [
      '- open: alice\n- { send: ping, name: a, require: { status: 200 } }\n- { send: ping, session: { text: x }, control: a, judge: { status: 404 } }',
      false,
    ],
    ['- open: [alice, bob]\n- { send: ping, as: alice, session: [own, bob], judge: { status: 200 } }', false],
    [
      '- open: alice\n- { send: ping, name: a, require: { status: 200 } }\n- { send: ping, session: { sent-by: a }, judge: { status: 200 } }',
      false,
    ],
    ['- open: alice\n- { send: ping, query: "id=${own}", judge: { status: 200 } }', false],
    ['- open: alice\n- { send: ping, headers: { MCP-session-id: x }, judge: { status: 200 } }', false],
    ['- open: alice\n- { send: ping, headers: { Origin: "${own}" }, judge: { status: 200 } }', false],
    [
      '- open: alice\n- { send: ping, abort: true, observe: true }\n- { send: ping, judge: { status: 200 } }',
      false,
    ],
    ['- open: alice\n- { send: tools/call, judge: { status: 200 } }', false],
    [
      '- open: alice\n- { post: { jsonrpc: "2.0", id: 1, method: tools/call }, judge: { status: 200 } }',
      false,
    ],
    ["- open: alice\n- { post: '{', judge: { status: 200 } }", false],
    [
      '- open: alice\n- { raw: "GET / HTTP/1.1", observe: true }\n- { send: ping, judge: { status: 200 } }',
      false,
    ],
    [
      '- open: alice\n- repeat: 2\n  do:\n    - parallel:\n        - { send: ping, observe: true }\n        - { send: ping, session: { generated: uuid }, observe: true }\n- { send: ping, judge: { status: 200 } }',
      false,
    ],
  ])('of a read-only run has no check that reaches beyond its own sessions: %j', (steps, runs) => {
    const says: unknown = expect.stringMatching(/step [1-9]/);
    const [entry] = plan([checkOf(steps)], [{ ...sampleFacts, needsMet: [], readOnly: true }]).entries;
    expect(entry).toMatchObject(runs ? { run: true } : { run: false, reason: 'read-only', says });
  });

  it('of a read-only run ends no process', () => {
    const { steps } = checkOf('- open: alice\n- { send: ping, judge: { status: 200 } }');
    const stop = { kind: 'process', path: '1', when: [], does: 'stop', withinMs: 100 } as const;
    const [entry] = plan(
      [{ ...check, steps: [...steps, stop] }],
      [{ ...sampleFacts, needsMet: [], readOnly: true }],
    ).entries;
    expect(entry).toMatchObject({ run: false, reason: 'read-only' });
  });

  it('has every check at every revision of its era, in order, and what is of no era once', () => {
    const older = { ...sampleFacts, revision: '2025-06-18' } as const;
    const { entries } = plan(builtInChecks, [sampleFacts, older]);
    expect(entries.map((entry) => [entry.check.id, entry.facts.revision])).toEqual([
      ...builtInChecks.map(({ id }) => [id, sampleFacts.revision]),
      ...builtInChecks.filter((one) => isOfEra(one, 'legacy')).map(({ id }) => [id, older.revision]),
    ]);
  });

  it('names the requests that running it sends to a target that behaves', async () => {
    expect(plan([check], [sampleFacts]).requests).toBe(await countedWith(check));
  });

  it('names the most that it sends', async () => {
    const busy = checkOf(`
      - { open: alice, observe: true }
      - repeat: 3
        do:
          - { send: initialize, as: '\${i}', session: none, judge: { status: 200 } }
          - { send: ping, judge: { status: 200 } }
      - { send: ping, observe: true }
    `);
    const { requests, requestsMax } = plan([busy], [sampleFacts]);
    const counted = await countedWith(busy, refusing);
    expect(counted).toBeGreaterThan(requests);
    expect(counted).toBeLessThanOrEqual(requestsMax);
  });

  it('counts the witnesses, with as many rounds as there are checks', () => {
    const facts = { ...sampleFacts, severalClients: true };
    const alone = plan([check], [facts]);
    const { requests, witnesses } = plan([check], [facts], builtIn.witnesses);
    const busy = witnesses.find(({ witness: { id } }) => id === 'witness.busy');
    expect(busy?.witness.beside?.times).toBe(1);
    expect(requests).toBe(alone.requests + witnesses.reduce((sum, { requests: own }) => sum + own, 0));
    const troubled = (stops: CompanyStop) =>
      plan([check], [{ ...facts, severalClients: false, company: { sessions: 2, stops } }], builtIn.witnesses)
        .witnesses.length;
    expect(troubled('second-refused')).toBe(0);
    // There a witness is what hears of it.
    expect(troubled('messages')).toBeGreaterThan(0);
  });

  it('costs nothing where nothing runs', () => {
    expect(plan([{ ...check, needs: [...needNames] }], [sampleFacts]).requestsMax).toBe(0);
    expect(plan([], [sampleFacts])).toEqual({ entries: [], witnesses: [], requests: 0, requestsMax: 0 });
  });
});
