import { expect, test } from 'vitest';
import { failed, plainOptions, sampleEvidence, sampleResult, sampleRun } from '../testing/sample.js';
import { renderSarif } from './sarif.js';
import { readSarif } from './testing/readers.js';

test('a check that fails for another reason at another revision is named once in each of two findings', () => {
  const other = { kind: 'fail', reason: 'wrong-status', evidence: [sampleEvidence] } as const;
  const { report } = sampleRun([sampleResult(failed), sampleResult(other, { revision: '2025-03-26' })]);
  const findings = report.findings.flatMap((one) => [one, { ...one, reason: other.reason }]);
  const revisions = ['2025-11-25', '2025-03-26'] as const;
  const run = { report: { ...report, findings, revisions }, transcripts: [] };
  const id = 'termination.post-after-delete';
  expect(readSarif(renderSarif(run, plainOptions)).failed).toEqual([
    `${id} @ 2025-11-25`,
    `${id} @ 2025-03-26`,
  ]);
});
