import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../model/gate.js';
import { profileNames, type ProfileName } from '../model/profile.js';
import { tabulate } from '../model/tabulate.js';
import { builtIn, checkOf } from '../testing/check.js';
import { empty, exchange, transcript } from '../testing/made.js';
import { judged, type ResultContext } from './results.js';

describe('what only the brief demands', () => {
  const check = checkOf({
    level: 'brief',
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
