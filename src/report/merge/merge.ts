import type { Incident } from '../../model/incident.js';
import type { Result } from '../../model/report.js';
import type { Transcript } from '../../model/transcript.js';
import type { RecordedRun } from '../read-run.js';
import type { RunHeader } from '../run-lines.js';
import { monitorsOf } from './problems.js';
import { sessionsIn, shifted, spanOf, type Shift } from './shift.js';

/**
 * All parts of a run as one recording, as if they had run one after the other. The parts fit together: `problemsOf` found nothing. Results
 * of monitors are those of parts, and have to be judged again.
 */
export function mergedRun(runs: readonly RecordedRun[]): RecordedRun {
  const parts = runs.toSorted((a, b) => (a.header.shard?.index ?? 0) - (b.header.shard?.index ?? 0));
  const [first] = parts;
  if (first?.footer === undefined) throw new Error('there is a part, and it is whole');
  const transcripts: Transcript[] = [];
  const incidents: Incident[] = [];
  let [endMs, exchanges, durationMs] = [0, 0, 0];
  for (const part of parts) {
    const { fromMs, toMs } = spanOf(part.transcripts);
    const by: Shift = { ms: Math.ceil(endMs - fromMs) + betweenMs, sessions: sessionsIn(transcripts) };
    transcripts.push(...part.transcripts.map((one) => shifted(one, by)));
    for (const incident of part.incidents)
      incidents.push({ ...incident, request: incident.request + exchanges });
    endMs = toMs + by.ms;
    exchanges += part.footer?.exchanges ?? 0;
    durationMs += part.footer?.durationMs ?? 0;
  }
  return {
    header: mergedHeader(parts, first.header),
    facts: first.facts,
    incidents,
    transcripts,
    results: resultsOf(parts),
    footer: { ...first.footer, durationMs, exchanges },
    complete: true,
    digest: first.digest,
  };
}

/** Nothing of two parts overlaps. */
const betweenMs = 1_000;

function mergedHeader(parts: readonly RecordedRun[], first: RunHeader): RunHeader {
  const { shard, ...header } = first;
  const whole = new Set(shard?.whole);
  const [startedAt = first.startedAt] = parts.map((part) => part.header.startedAt).toSorted();
  return {
    ...header,
    startedAt,
    checks: [...whole, ...monitorsOf(first)],
    leftOut: header.leftOut.filter((id) => !whole.has(id)),
  };
}

/** Of a monitor that spoke in several parts, one: all of it is judged again. */
function resultsOf(parts: readonly RecordedRun[]): readonly Result[] {
  const results = new Map<string, Result>();
  for (const result of parts.flatMap((part) => part.results)) {
    const key = `${result.id} ${result.revision}`;
    if (!results.has(key)) results.set(key, result);
  }
  return [...results.values()];
}
