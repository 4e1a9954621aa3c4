import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds, type Baseline } from '../model/baseline.js';
import { defaultPolicy, type Policy } from '../model/gate.js';
import { levels, severities } from '../model/level.js';
import { shownVerdictOf, type Report, type Result } from '../model/report.js';
import { renderJson } from '../report/index.js';
import { renderJunit } from '../report/junit.js';
import { renderTerminal } from '../report/terminal.js';
import {
  failed,
  leftOut,
  notRun,
  passed,
  plainOptions,
  sampleFacts,
  sampleHeader,
  sampleResult,
  unsure,
} from '../testing/sample.js';
import { assembleReport } from './report.js';

const schema = await readFile(new URL('../../reports/report.schema.json', import.meta.url), 'utf8');
const valid = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(schema));
const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  failOn: fc.constantFrom(...severities),
  inconclusive: fc.constantFrom('fail' as const, 'warn' as const),
  judgedMin: fc.constant(defaultPolicy.judgedMin),
});
const anyVerdict = fc.tuple(
  fc.constantFrom(passed, failed, unsure, leftOut, notRun),
  fc.constantFrom(...levels),
);

const anyBaseline: fc.Arbitrary<Baseline> = fc.uniqueArray(
  fc.record({
    check: fc.constantFrom('termination.check-0', 'termination.check-1', 'termination.check-9'),
    verdict: fc.constant('fail' as const),
    reason: fc.constantFrom('session-still-usable' as const, 'served' as const),
    note: fc.constant('issue 12'),
    expires: fc.constantFrom('2026-01-01', '2027-03-01'),
  }),
  { selector: ({ check }) => check },
);

function reportOf(results: readonly Result[], policy: Policy, baseline?: Baseline): Report {
  const { tool, startedAt, profile, seed } = sampleHeader;
  const circumstances = {
    tool,
    startedAt,
    profile,
    seed,
    policy,
    baseline,
    url: sampleHeader.target.url,
    durationMs: 1,
    selection: { selected: results.length, of: results.length, leftOut: [] },
    traffic: { exchanges: 1 },
    incidents: [],
    interrupted: false,
  };
  return assembleReport(circumstances, [sampleFacts], results);
}

it('has one countable truth: gate, summary, JSON, JUnit and terminal count alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyVerdict, { maxLength: 8 }),
      anyPolicy,
      fc.option(anyBaseline),
      async (verdicts, policy, known) => {
        const judged = verdicts.map(([verdict, level], i) =>
          sampleResult(verdict, { level, policy, id: `termination.check-${i}` }),
        );
        const report = reportOf(judged, policy, known ?? undefined);
        const { gate, summary, results } = report;
        const broken = report.baseline?.filter((entry) => !holds(entry)) ?? [];
        const failing = results.filter((result) => shownVerdictOf(result) === 'fail').map(({ id }) => id);
        expect(gate.failed).toEqual(failing);
        expect(summary.fail).toBe(failing.length);
        expect(gate.exit === 1).toBe(failing.length + broken.length > 0);
        expect(Object.values(summary).reduce((sum, count) => sum + count, 0)).toBe(results.length);
        const run = { report, transcripts: [] };
        expect(JSON.parse(renderJson(run))).toMatchObject({ gate, summary });
        valid(JSON.parse(renderJson(run)));
        expect(valid.errors).toBe(null);
        const junit = await renderJunit(run, plainOptions);
        expect(junit.match(/<failure /g)?.length ?? 0).toBe(gate.failed.length + broken.length);
        // A case of its own says what went wrong where no check does.
        const isOtherwise = gate.exit !== 0 && failing.length + broken.length + gate.undecided.length === 0;
        expect(junit.match(/<error /g)?.length ?? 0).toBe(gate.undecided.length + Number(isOtherwise));
        expect(renderTerminal(run, { ...plainOptions, columns: 1_000 })).toContain(gate.sentence);
      },
    ),
    { numRuns: 60 },
  );
});

it('shows what is excused with its note and its last day, and what no longer holds', async () => {
  const terms = {
    verdict: 'fail',
    reason: 'session-still-usable',
    note: 'issue \u001b[2J12',
    expires: '2027-03-01',
  } as const;
  const known: Baseline = [
    { check: 'a.fails', ...terms },
    { check: 'a.passes', ...terms },
    { check: 'a.gone', ...terms },
  ];
  const results = [sampleResult(failed, { id: 'a.fails' }), sampleResult(passed, { id: 'a.passes' })];
  const run = { report: reportOf(results, defaultPolicy, known), transcripts: [] };
  const text = renderTerminal(run, plainOptions);
  expect(text).toContain(
    [
      '✗ The baseline does not hold   2 entries',
      '  stale       a.passes passes now; remove its entry; noted: issue \\x1b[2J12',
      '  unmatched   a.gone is no check of the suites at hand; correct its entry, or give its suite; noted: issue \\x1b[2J12',
    ].join('\n'),
  );
  expect(text).toContain(
    [
      'Known failures   excused by the baseline',
      '! a.fails   session-still-usable, 1 check, until 2027-03-01: issue \\x1b[2J12',
    ].join('\n'),
  );
  expect(text).not.toContain('Warnings');
  const junit = await renderJunit(run, plainOptions);
  expect(junit).toContain('known until 2027-03-01, issue \\x1b[2J12: MUST');
  expect(junit).toContain('a.passes passes now');
});

it('offers an entry for each finding that counts, in one line', () => {
  const run = { report: reportOf([sampleResult(failed, { id: 'a.fails' })], defaultPolicy), transcripts: [] };
  expect(renderTerminal(run, { ...plainOptions, columns: 200 })).toContain(
    "  baseline    - { finding: a.fails, requirement: SM.404, verdict: fail, reason: session-still-usable, note: 'known since 2026-11-20', expires: 2027-02-18 }",
  );
});
