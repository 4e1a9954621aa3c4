import { createHash } from 'node:crypto';
import type { Plan } from '../model/plan.js';
import type { Report } from '../model/report.js';

/** SHA-256, in hex, of plain data: the order of keys and the layout of a file do not count. */
export function digestOf(data: unknown): string {
  return createHash('sha256').update(canonical(data)).digest('hex');
}

/** JSON with sorted keys and without blanks. */
export function canonical(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Which checks were to run, and why the others were not. */
export function planDigest({ entries }: Plan): string {
  return digestOf(
    entries.map((entry) => [entry.check.id, entry.facts.revision, entry.run ? 'run' : entry.reason]),
  );
}

/** What a signature of a report is over: the recording, and all of the report but the signature. */
export function signedText(report: Report, recording: string): string {
  const { provenance, ...rest } = report;
  if (provenance === undefined) throw new Error('only a report that names its recording can be signed');
  const { signature: _, ...unsigned } = provenance;
  return `sessionspec-record/1\nrecording ${recording}\nreport ${digestOf({ ...rest, provenance: unsigned })}\n`;
}
