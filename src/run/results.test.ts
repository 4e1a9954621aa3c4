import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../model/gate.js';
import { profileNames, type ProfileName } from '../model/profile.js';
import { tabulate } from '../model/tables.js';
import { builtIn, checkOf } from '../testing/check.js';
import { empty, exchange, opened, result as answered, transcript } from '../testing/made.js';
import { judged, notRun, type ResultContext } from './results.js';

describe('what only the brief demands', () => {
  const check = checkOf({
    requirement: '{ keys: [BR.UUID] }',
    steps: '- { open: alice, judge: { status: 200 }, reason: refused }',
  });
  const context: ResultContext = {
    profiles: builtIn.profiles,
    selected: 'strict-400',
    proven: new Set(),
    policy: defaultPolicy,
  };
  const under = (status: number): Readonly<Record<ProfileName, string>> => {
    const { profiles } = judged(
      check,
      transcript([exchange('0', empty(status))]),
      { needsMet: [], revision: '2025-11-25' },
      context,
    );
    return tabulate(profileNames, (name) => profiles[name].verdict);
  };

  it('is judged in the profiles of the brief alone', () => {
    expect(under(500)).toEqual({
      spec: 'not-applicable',
      interop: 'not-applicable',
      'strict-400': 'fail',
      'strict-4xx': 'fail',
    });
    expect(under(200)).toEqual({
      spec: 'not-applicable',
      interop: 'not-applicable',
      'strict-400': 'pass',
      'strict-4xx': 'pass',
    });
  });
});

describe('what a result says is demanded', () => {
  const check = checkOf({
    requirement: '{ keys: [SM.404] }',
    harm: '[session-still-usable]',
    steps: `
      - open: alice
      - { send: ping, name: alive, require: { status: 200 } }
      - { send: ping, session: none, control: alive, judge: { answer: missing-id } }
    `,
  });
  const under = (selected: ProfileName, status: number) =>
    judged(
      check,
      transcript([opened(), exchange('1', answered({})), exchange('2', empty(status))]),
      { needsMet: [], revision: '2025-11-25' },
      { profiles: builtIn.profiles, selected, proven: new Set(), policy: defaultPolicy },
    );

  it('is what the profile stands for, where its answers decided', () => {
    const strict = under('strict-400', 409);
    expect(strict).toMatchObject({ level: 'none', source: 'brief', counts: true });
    expect(strict.requirement.keys).toEqual(['BR.400']);
    expect(under('spec', 409).requirement.keys).toEqual(['SM.404']);
  });

  it('tells why and what to change of failures only', () => {
    expect(under('spec', 409).requirement.fix).toContain('404');
    expect(under('spec', 400).requirement).not.toHaveProperty('fix');
    expect(under('spec', 400).requirement).not.toHaveProperty('weights');
  });

  it('counts what is not run as much as a failure could', () => {
    const context = { profiles: builtIn.profiles, selected: 'spec', proven: new Set<string>() } as const;
    const result = notRun(check, '2025-11-25', { ...context, policy: defaultPolicy }, 'budget');
    expect(result).toMatchObject({ mayHarm: true, counts: true });
  });
});
