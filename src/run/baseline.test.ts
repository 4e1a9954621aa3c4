import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { dayOf, entryStandings, type Baseline, type BaselineEntry } from '../model/baseline.js';
import { defaultPolicy, type Policy } from '../model/gate.js';
import type { Report, Result } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';
import {
  failed,
  leftOut,
  notRun,
  passed,
  sampleEvidence,
  sampleFacts,
  sampleHeader,
  sampleResult,
  unsure,
} from '../testing/sample.js';
import { assembleReport } from './report.js';

const id = 'termination.request-after-delete';
const other = 'termination.get-after-delete';
const terms = {
  verdict: 'fail',
  reason: 'session-still-usable',
  note: 'issue 12',
  expires: '2026-12-31',
} as const;
const check: BaselineEntry = { check: id, ...terms };
const finding: BaselineEntry = { finding: id, ...terms };
const harmful: Verdict = {
  kind: 'fail',
  reason: 'session-still-usable',
  evidence: [sampleEvidence],
  harm: true,
};
const otherwise: Verdict = { kind: 'fail', reason: 'server-error', evidence: [sampleEvidence] };
const result = (verdict: Verdict, changes: Parameters<typeof sampleResult>[1] = {}) =>
  sampleResult(verdict, { id, ...changes });

interface Circumstances {
  readonly policy?: Policy;
  readonly startedAt?: string;
  readonly leftOut?: readonly string[];
  readonly profile?: Report['profile'];
}

function reportOf(
  results: readonly Result[],
  baseline: Baseline | undefined,
  {
    policy = defaultPolicy,
    startedAt = sampleHeader.startedAt,
    leftOut: left = [],
    profile = 'spec',
  }: Circumstances = {},
): Report {
  const circumstances = {
    tool: sampleHeader.tool,
    startedAt,
    profile,
    seed: 1,
    policy,
    baseline,
    url: sampleHeader.target.url,
    durationMs: 1,
    selection: { selected: results.length, of: results.length + left.length, leftOut: left },
    traffic: { exchanges: 1 },
    incidents: [],
    interrupted: false,
  };
  return assembleReport(circumstances, [sampleFacts], results);
}

const told = ({ gate, baseline = [] }: Report) => [gate.exit, ...baseline.map(({ standing }) => standing)];
const bystander = sampleResult(passed, { id: 'reuse.own-id' });

test.each([
  ['as it is known to', [result(failed)], {}, [0, 'expected']],
  ['no more', [result(passed)], {}, [1, 'stale']],
  ['in another way', [result(otherwise)], {}, [1, 'changed']],
  [
    'after its entry has expired',
    [result(failed)],
    { startedAt: '2027-01-01T00:00:00.000Z' },
    [1, 'expired'],
  ],
  [
    'on the last day of its entry',
    [result(failed)],
    { startedAt: '2026-12-31T23:59:59.999Z' },
    [0, 'expected'],
  ],
  ['with harm', [result(harmful)], {}, [1, 'harmful']],
  ['without a check of its name', [bystander], {}, [1, 'unmatched']],
  ['unseen, because it was not selected', [bystander], { leftOut: [id] }, [0, 'unexamined']],
  ['unseen, because it does not apply', [bystander, result(leftOut)], {}, [0, 'unexamined']],
  ['unseen, because it was not run', [bystander, result(notRun)], {}, [0, 'unexamined']],
  ['undecided', [bystander, result(unsure)], {}, [2, 'unexamined']],
] as const)('a check that fails %s', (_, results, circumstances, wanted) => {
  expect(told(reportOf(results, [check], circumstances))).toEqual(wanted);
  expect(told(reportOf(results, [finding], circumstances))).toEqual(wanted);
});

const sentence = (results: readonly Result[], startedAt?: string) =>
  reportOf(results, [check], startedAt === undefined ? {} : { startedAt }).gate.sentence;

it('says in the sentence which entry does not hold, and why', () => {
  expect(sentence([result(passed)])).toBe(`the baseline does not hold: ${id} passes now; remove its entry`);
  expect(sentence([result(otherwise)])).toContain(
    `not conformant: 1 check failed (${id}); the baseline does`,
  );
  expect(sentence([result(otherwise)])).toContain('fails in another way');
  expect(sentence([result(failed)], '2027-01-01T00:00:00.000Z')).toContain('its entry has expired');
  expect(sentence([result(harmful)])).toContain('without `harm: true`');
  expect(sentence([bystander])).toContain('is no check of the suites at hand');
});

it('does not say conformant where failures that would count are excused', () => {
  const { gate } = reportOf([result(failed), bystander], [check]);
  expect(gate.sentence).toBe('no failure but known ones: 2 checks judged; 1 failure excused by the baseline');
  expect(gate).toMatchObject({ failed: [], excused: [id] });
  const softer = reportOf([result(failed, { level: 'SHOULD' }), bystander], [check]);
  expect(softer.gate.sentence).toBe('conformant: 2 checks judged; 1 failure not counted');
  expect(softer.gate.excused).toEqual([]);
});

it('excuses harm where its entry says so', () => {
  const { gate, results } = reportOf([result(harmful)], [{ ...check, harm: true }]);
  expect(gate).toMatchObject({ exit: 0, excused: [id] });
  expect(results[0]).toMatchObject({ counts: false, standing: 'expected', harm: true });
});

it('excuses the other checks of a finding, and what it explains', () => {
  const both = [result(failed), result(failed, { id: other })];
  const whole = reportOf(both, [finding]);
  expect(whole.gate).toMatchObject({ exit: 0, excused: [id, other] });
  expect(whole.findings).toMatchObject([{ id, counts: false, standing: 'expected' }]);
  expect(whole.baseline).toMatchObject([{ covers: [id, other] }]);
  const part = reportOf(both, [check]);
  expect(part.gate).toMatchObject({ exit: 1, failed: [other], excused: [id] });
  expect(part.findings).toMatchObject([{ id, counts: true, standing: 'unexpected', entry: { finding: id } }]);
  expect(whole.findings[0]?.entry).toBeUndefined();
});

it('knows a finding by its demand where another check leads it this time', () => {
  const { gate } = reportOf([result(unsure, { level: 'MAY' }), result(failed, { id: other })], [finding]);
  expect(gate).toMatchObject({ exit: 0, excused: [other] });
});

it('knows a finding by its requirement in a run of some checks, which may lack the check that leads it', () => {
  const left = { leftOut: [id] };
  const part = [bystander, result(failed, { id: other })];
  const partly = reportOf(part, [{ ...finding, requirement: 'SM.404' }], left);
  expect(partly.gate).toMatchObject({ exit: 0, excused: [other] });
  expect(reportOf(part, [finding], left).gate).toMatchObject({ exit: 1, failed: [other] });
  const passing = reportOf(
    [bystander, result(passed, { id: other })],
    [{ ...finding, requirement: 'SM.404' }],
    left,
  );
  expect(passing.baseline).toMatchObject([{ standing: 'unexamined' }]);
});

it('keeps to the revision and to the profile of an entry', () => {
  const older = result(failed, { revision: '2025-06-18' });
  const newer = result(failed);
  const one = reportOf([older, newer], [{ ...check, revision: '2025-06-18' }]);
  expect(one.results.map(({ standing }) => standing)).toEqual(['expected', 'unexpected']);
  expect(told(one)).toEqual([1, 'expected']);
  expect(told(reportOf([newer], [{ ...check, revision: '2025-03-26' }]))).toEqual([1, 'unexamined']);
  expect(told(reportOf([newer], [{ ...check, profile: 'interop' }]))).toEqual([1, 'unexamined']);
  expect(told(reportOf([newer], [{ ...check, profile: 'interop' }], { profile: 'interop' }))).toEqual([
    0,
    'expected',
  ]);
});

it('does not call an entry stale while a revision is undecided', () => {
  const newer = result(passed);
  expect(told(reportOf([newer, result(unsure, { revision: '2025-06-18' })], [check]))).toEqual([
    2,
    'unexamined',
  ]);
  expect(told(reportOf([newer, result(leftOut, { revision: '2025-06-18' })], [check]))).toEqual([1, 'stale']);
});

it('what one entry excuses, another cannot accuse', () => {
  const old = { ...finding, expires: '2026-01-01' };
  for (const entries of [
    [check, old],
    [old, check],
  ])
    expect(reportOf([result(failed)], entries)).toMatchObject({
      gate: { exit: 1, failed: [], excused: [id] },
      results: [{ standing: 'expected' }],
    });
});

it('excuses the same failure under other profiles, and no other', () => {
  const [seen] = reportOf([result(failed, { others: { interop: otherwise } })], [check]).results;
  expect(seen?.profiles).toMatchObject({
    spec: { counts: false },
    'strict-400': { counts: false },
    interop: { counts: true },
  });
});

it('accuses a pass of a baseline by its standing, and counts it as the pass it is', () => {
  const report = reportOf([result(passed)], [check]);
  expect(report.results).toMatchObject([{ verdict: 'pass', counts: false, standing: 'stale' }]);
  expect(report.summary).toMatchObject({ pass: 1, fail: 0 });
});

it('an entry that is new with each finding excuses just that', () => {
  const first = reportOf([result(harmful), bystander], undefined);
  const [entry] = first.findings.flatMap((one) => one.entry ?? []);
  expect(entry).toEqual({
    finding: id,
    requirement: 'SM.404',
    verdict: 'fail',
    reason: 'session-still-usable',
    harm: true,
    note: 'known since 2026-11-20',
    expires: '2027-02-18',
  });
  expect(first.baseline).toBeUndefined();
  expect(told(reportOf([result(harmful), bystander], entry ? [entry] : []))).toEqual([0, 'expected']);
});

const anyEntry: fc.Arbitrary<BaselineEntry> = fc
  .record({
    subject: fc.constantFrom({ check: id }, { check: other }, { finding: id }, { finding: 'no.such' }),
    reason: fc.constantFrom('session-still-usable' as const, 'server-error' as const),
    expires: fc.constantFrom('2026-01-01', '2026-11-20', '2030-01-01'),
    harm: fc.constantFrom({}, { harm: true as const }),
  })
  .map(({ subject, harm, ...more }) =>
    Object.assign({ verdict: 'fail', note: 'n' } as const, subject, harm, more),
  );

it('never excuses what is not a failure, and never passes a broken entry', () => {
  const anyResult = fc.tuple(
    fc.constantFrom(id, other),
    fc.constantFrom(passed, failed, harmful, otherwise, unsure, notRun, leftOut),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(anyResult, { selector: ([name]) => name }),
      fc.array(anyEntry),
      (made, entries) => {
        const results = made.map(([name, verdict]) => sampleResult(verdict, { id: name }));
        const bare = reportOf(results, undefined);
        const report = reportOf(results, entries);
        const lenient = report.results.filter(({ counts }, i) => !counts && bare.results[i]?.counts);
        expect(lenient.every(({ verdict, standing }) => verdict === 'fail' && standing === 'expected')).toBe(
          true,
        );
        expect(report.results.map(({ verdict, reason }) => [verdict, reason])).toEqual(
          bare.results.map(({ verdict, reason }) => [verdict, reason]),
        );
        expect(report.gate.undecided).toEqual(bare.gate.undecided);
        const broken = report.baseline?.some(({ standing }) => !entryStandings[standing].holds);
        expect(broken ? report.gate.exit : 1).toBe(1);
        expect([...report.gate.failed, ...(report.gate.excused ?? [])].toSorted()).toEqual(
          bare.gate.failed.toSorted(),
        );
      },
    ),
    { numRuns: 300 },
  );
});

it('days begin and end in UTC', () => {
  expect(dayOf('2026-12-31T23:59:59.999Z')).toBe('2026-12-31');
  expect(dayOf('no moment', 2)).toBe('no moment');
  expect(dayOf('2028-02-28T12:00:00.000Z', 2)).toBe('2028-03-01');
});
