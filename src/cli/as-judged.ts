import type { Run } from '../model/report.js';
import type { RecordedRun } from '../report/read-run.js';
import { excuseEvicted } from '../run/evicted.js';
import { assembleReport } from '../run/report.js';
import { recounted, type ResultContext } from '../run/results.js';
import { inOrderOfPlan, missingResults, recordedCircumstances, type Examining } from './rejudge.js';

/**
 * A run as it was judged when it was recorded. What the run says in the end of a check whose session was evicted follows from its transcripts;
 * all else stands in the recording. Where that was cut off, selected checks that are among the suites are shown as not run.
 */
export function asJudged(recorded: RecordedRun, examined: Examining, context: ResultContext): Run {
  const { header, facts, results, footer, transcripts } = recorded;
  const known = new Set(examined.checks.map(({ id }) => id));
  const missing = missingResults(
    { ...recorded, header: { ...header, checks: header.checks.filter((id) => known.has(id)) } },
    examined,
    context,
  );
  const { baseline } = header;
  // What was told at the end of the run stands there as the baseline had made it, and is compared with it once more.
  const told = baseline === undefined ? results : results.map((result) => recounted(result, context));
  const sorted = inOrderOfPlan([...excuseEvicted(told, recorded.transcripts), ...missing], recorded);
  const report = assembleReport({ ...recordedCircumstances(recorded, context), baseline }, facts, sorted);
  return { report: footer === undefined ? report : { ...report, gate: footer.gate }, transcripts };
}
