import { readJson } from '../model/json.js';
import type { Report } from '../model/report.js';
import { loadLineGuard } from './run-schema.js';

/** Says what a text is, where it is no report. */
export class UnreadableReport extends Error {
  override readonly name: string = 'UnreadableReport';
}

/** It says that it is a report, and is not as sessionspec writes one. */
export class MisshapenReport extends UnreadableReport {}

/** The report of a `report.json`; undefined for anything else. */
export async function reportIn(text: string): Promise<Report | undefined> {
  const value = readJson(text)?.value;
  const { isReport } = await loadLineGuard();
  return isReport(value) ? value : undefined;
}

/** Reads `report.json`; throws UnreadableReport for anything else. */
export async function readReport(text: string): Promise<Report> {
  const read = readJson(text);
  if (read === undefined) throw new UnreadableReport('it is not JSON');
  const value: unknown = read.value;
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format !== reportFormat) {
    const says =
      typeof format === 'string' ? `its format is ${JSON.stringify(format)}` : 'it names no format';
    throw new UnreadableReport(`${says}; only ${reportFormat} can be read`);
  }
  const { isReport, wrongWithReport } = await loadLineGuard();
  if (isReport(value)) return value;
  throw new MisshapenReport(wrongWithReport(value) ?? 'it is no report');
}

const reportFormat: Report['format'] = 'sessionspec-report/3';
