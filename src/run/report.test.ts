import * as fc from 'fast-check';
import { expect, it } from 'vitest';
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

const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  failOn: fc.constantFrom(...severities),
  inconclusive: fc.constantFrom('fail' as const, 'warn' as const),
  judgedMin: fc.constant(defaultPolicy.judgedMin),
});
const anyVerdict = fc.tuple(
  fc.constantFrom(passed, failed, unsure, leftOut, notRun),
  fc.constantFrom(...levels),
);

function reportOf(results: readonly Result[], policy: Policy): Report {
  const { tool, startedAt, profile, seed } = sampleHeader;
  const circumstances = {
    tool,
    startedAt,
    profile,
    seed,
    policy,
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
    fc.asyncProperty(fc.array(anyVerdict, { maxLength: 8 }), anyPolicy, async (verdicts, policy) => {
      const results = verdicts.map(([verdict, level], i) =>
        sampleResult(verdict, { level, policy, id: `termination.check-${i}` }),
      );
      const report = reportOf(results, policy);
      const { gate, summary } = report;
      const failing = results.filter((result) => shownVerdictOf(result) === 'fail').map(({ id }) => id);
      expect(gate.failed).toEqual(failing);
      expect(summary.fail).toBe(failing.length);
      expect(gate.exit === 1).toBe(failing.length > 0);
      expect(Object.values(summary).reduce((sum, count) => sum + count, 0)).toBe(results.length);
      const run = { report, transcripts: [] };
      expect(JSON.parse(renderJson(run))).toMatchObject({ gate, summary });
      const junit = await renderJunit(run, plainOptions);
      expect(junit.match(/<failure /g)?.length ?? 0).toBe(gate.failed.length);
      expect(junit.match(/<error /g)?.length ?? 0).toBe(gate.undecided.length);
      expect(renderTerminal(run, plainOptions)).toContain(gate.sentence);
    }),
    { numRuns: 60 },
  );
});
