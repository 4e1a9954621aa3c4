import { describe, expect, it } from 'vitest';
import { needNames } from '../model/facts.js';
import { sampleFacts } from '../report/testing/sample.js';
import { builtInChecks, checkOf } from '../run/testing/check.js';
import { executed } from '../run/testing/stage.js';
import { scripted } from '../run/testing/target.js';
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

describe('a plan', () => {
  it('leaves a check out whose need is not met, and says which', () => {
    const [entry] = plan([{ ...check, needs: ['sessions', 'state'] }], [sampleFacts]).entries;
    expect(entry).toMatchObject({
      run: false,
      reason: 'fact-missing',
      says: expect.stringContaining('reads state'),
    });
  });

  it('leaves a check out that is no part of the revision', () => {
    const [entry] = plan([{ ...check, revisions: ['2025-03-26'] }], [sampleFacts]).entries;
    expect(entry).toMatchObject({ run: false, reason: 'other-revision' });
  });

  it('has every check at every revision, in order', () => {
    const older = { ...sampleFacts, revision: '2025-06-18' } as const;
    const { entries } = plan(builtInChecks, [sampleFacts, older]);
    expect(entries.map((entry) => [entry.check.id, entry.facts.revision])).toEqual(
      [sampleFacts, older].flatMap(({ revision }) => builtInChecks.map(({ id }) => [id, revision])),
    );
  });

  it('names the most requests that running it causes', async () => {
    const { requestsMax } = plan([check], [sampleFacts]);
    let counted = 0;
    await executed(check, scripted().target, { count: () => (counted += 1) });
    expect(counted).toBeLessThanOrEqual(requestsMax);
    expect(requestsMax - counted).toBeLessThanOrEqual(1);
  });

  it('costs nothing where nothing runs', () => {
    expect(plan([{ ...check, needs: [...needNames] }], [sampleFacts]).requestsMax).toBe(0);
    expect(plan([], [sampleFacts])).toEqual({ entries: [], requestsMax: 0 });
  });
});
