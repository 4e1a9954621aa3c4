import type { Run } from '../model/report.js';

/** `report.json`: the report as it is. JSON escapes control characters and lone surrogates by itself. */
export function renderJson(run: Run): string {
  return `${JSON.stringify(run.report, null, 2)}\n`;
}
