import { readJson } from '../model/json.js';
import type { Report } from '../model/report.js';
import { loadLineGuard } from './run-schema.js';

/** The report of a `report.json`; undefined for anything else. */
export async function readReport(text: string): Promise<Report | undefined> {
  const value = readJson(text)?.value;
  const { isReport } = await loadLineGuard();
  return isReport(value) ? value : undefined;
}
