// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../model/verdict.js';
import type { FailReason } from '../model/reason.js';
import type { Changes } from '../testing/sample.js';
import { passed, sampleEvidence, sampleResult } from '../testing/sample.js';
import { findingsOf } from './findings.js';

interface Made extends Changes {
  readonly key?: string;
  readonly reason?: FailReason;
  readonly came?: string;
  readonly harm?: true;
}

const failure = (id: string, { key = 'SM.404', reason = 'served', came, harm, ...changes }: Made = {}) =>
  sampleResult(
    {
      kind: 'fail',
      reason,
      ...(harm && { harm }),
      evidence: [{ ...sampleEvidence, ...(came !== undefined && { came }) }],
    },
    { id, requirement: { keys: [key], says: 'something' }, ...changes },
  );
const shown = (...results: readonly Parameters<typeof findingsOf>[0][number][]) =>
  findingsOf(results).map(({ checks, folded }) => [checks.join(' '), folded.join(' ')]);

it('is one where checks of one demand fail for one reason', () => {
  expect(shown(failure('a.one'), sampleResult(passed), failure('a.two'))).toEqual([['a.one a.two', '']]);
});

it('is not one where the demand, the reason or the refusal differs', () => {
  expect(shown(failure('a.one'), failure('a.two', { key: 'SM.MISSING' }))).toHaveLength(2);
  expect(shown(failure('a.one'), failure('a.two', { reason: 'no-answer' }))).toHaveLength(2);
  const [refused, other] = ['404 without a body', '500 without a body'].map((came, i) =>
    failure(`a.${i}`, { reason: 'refused', came }),
  );
  expect(shown(...[refused, other].flatMap((one) => one ?? []))).toHaveLength(2);
});

it('folds what a repeated id explains, whatever it was that failed', () => {
  const results = [
    failure('isolation.state-local', { key: 'SB.KEY', reason: 'shared-state', harm: true }),
    failure('issuance.unique', { key: 'SM.UNIQ', reason: 'duplicate-id' }),
    failure('issuance.unguessable', { key: 'SB.AVOID', reason: 'guessable-id', level: 'SHOULD' }),
    failure('isolation.ids-differ', { key: 'SM.UNIQ', reason: 'duplicate-id' }),
  ];
  expect(shown(...results)).toEqual([
    ['issuance.unique isolation.ids-differ', 'isolation.state-local'],
    ['issuance.unguessable', ''],
  ]);
});

it('folds blank state after a crash where any id opens a session, and not elsewhere', () => {
  const crashed = failure('resilience.crash-state', { reason: 'lost-state' });
  const adopted = failure('issuance.not-adopted', { key: 'SB.RANDOM', reason: 'adopted-id' });
  expect(shown(crashed, adopted)).toEqual([['issuance.not-adopted', 'resilience.crash-state']]);
  expect(shown(crashed)).toEqual([['resilience.crash-state', '']]);
});

it('counts, and is harm, where one of its failures is', () => {
  const [one] = findingsOf([
    failure('issuance.unique', { key: 'SM.UNIQ', reason: 'duplicate-id', level: 'SHOULD' }),
    failure('isolation.state-local', { key: 'SB.KEY', reason: 'shared-state', harm: true }),
  ]);
  expect(one).toMatchObject({ id: 'issuance.unique', counts: true, harm: true });
});

it('comes first where it counts, then where it is harm, then by its level', () => {
  const ids = findingsOf([
    failure('a.may', { key: 'A', level: 'MAY' }),
    failure('a.should', { key: 'B', level: 'SHOULD' }),
    failure('a.must', { key: 'C' }),
    failure('a.harm', { key: 'D', level: 'MAY', harm: true }),
  ]).map(({ id }) => id);
  expect(ids).toEqual(['a.harm', 'a.must', 'a.should', 'a.may']);
});

it('is that of an unknown id where an altered one is served too, and an empty id is a missing one', () => {
  const results = [
    failure('invalid-ids.case-flipped', { key: 'PR.EXACT' }),
    failure('invalid-ids.uuid', { key: 'SM.MISSING' }),
  ];
  expect(shown(...results)).toEqual([['invalid-ids.uuid', 'invalid-ids.case-flipped']]);
  const missing = [
    failure('invalid-ids.bystanders-served', { key: 'PR.BYSTANDER', reason: 'refused' }),
    failure('isolation.no-id-ends-nothing', { key: 'PR.OWNEND', reason: 'refused' }),
    failure('monitors.ids-issued-once', { key: 'SM.UNIQ', reason: 'duplicate-id', suite: 'monitors' }),
  ];
  expect(shown(...missing)).toEqual([
    ['isolation.no-id-ends-nothing', 'invalid-ids.bystanders-served monitors.ids-issued-once'],
  ]);
});

it('is that of the sessions where their connections are apart, and that of the id that ended a session of another', () => {
  const shared = ['monitors.state-own', 'isolation.shared-connection', 'isolation.state-local'].map((id) =>
    failure(id, { key: id, reason: 'shared-state' }),
  );
  expect(shown(...shared)).toEqual([
    ['isolation.state-local', 'monitors.state-own isolation.shared-connection'],
  ]);
  const altered = [
    failure('invalid-ids.comma-list', { key: 'PR.EXACT', reason: 'served' }),
    failure('invalid-ids.truncated', { key: 'PR.UNKNOWN', reason: 'ended-by-other-id' }),
  ];
  expect(shown(...altered)).toEqual([['invalid-ids.truncated', 'invalid-ids.comma-list']]);
});

describe('what a monitor saw', () => {
  const inCheck = (check = ''): Evidence => ({ ...sampleEvidence, check });
  const seen = (...checks: readonly string[]) =>
    sampleResult(
      {
        kind: 'fail',
        reason: 'refused',
        evidence: [inCheck(checks[0]), ...checks.slice(1).map(inCheck)],
      },
      {
        id: 'monitors.live-served',
        suite: 'monitors',
        requirement: { keys: ['PR.LIVE'], says: 'something' },
      },
    );
  const refused = (id: string) => failure(id, { key: id, reason: 'refused' });

  it('in one check that failed by it follows from what that check shows', () => {
    expect(shown(seen('a.one', 'a.fine'), refused('a.one'))).toEqual([['a.one', 'monitors.live-served']]);
  });

  it('in many is what they follow from', () => {
    const checks = ['a.one', 'a.two', 'a.three'];
    expect(shown(seen(...checks), ...checks.map(refused))).toEqual([
      ['monitors.live-served', 'a.one a.two a.three'],
    ]);
  });

  it('in none stands by itself', () => {
    expect(shown(seen('a.fine'), refused('a.one'))).toEqual([
      ['monitors.live-served', ''],
      ['a.one', ''],
    ]);
  });
});

it('names the controls of other standards that its failures, and what it explains, are evidence against', () => {
  const bearing = (id: string, reason: FailReason, ...controls: readonly string[]) =>
    sampleResult(
      { kind: 'fail', reason, evidence: [sampleEvidence] },
      { id, requirement: { keys: [id], says: 'so', ...(controls.length > 0 && { controls }) } },
    );
  const [finding, other] = findingsOf([
    bearing('a.ids', 'duplicate-id', 'B 2'),
    bearing('a.state', 'shared-state', 'A 1', 'B 2'),
    bearing('a.other', 'dropped'),
  ]);
  expect(finding).toMatchObject({ id: 'a.ids', folded: ['a.state'], controls: ['A 1', 'B 2'] });
  expect(other).not.toHaveProperty('controls');
});
