import { readFile } from 'node:fs/promises';
import { readJson } from '../model/json.js';
import type { Report } from '../model/report.js';

/** Says what a text is, where it is no report. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
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
  const { isReport, wrongWith } = await (loadedGuard ??= loadGuard());
  if (isReport(value)) return value;
  throw new UnreadableReport(wrongWith(value) ?? 'it is no report');
}

const reportFormat: Report['format'] = 'sessionspec-report/3';

interface ReportGuard {
  readonly isReport: (value: unknown) => value is Report;
  readonly wrongWith: (value: unknown) => string | undefined;
}

let loadedGuard: Promise<ReportGuard> | undefined;

async function loadGuard(): Promise<ReportGuard> {
  const [{ Ajv2020 }, text] = await Promise.all([
    import('ajv/dist/2020.js'),
    readFile(new URL('../../reports/report.schema.json', import.meta.url), 'utf8'),
  ]);
  const schema: object = JSON.parse(text);
  const ajv = new Ajv2020({ allowUnionTypes: true });
  const valid = ajv.compile(schema);
  const wrongWith = (value: unknown) =>
    valid(value) ? undefined : ajv.errorsText(valid.errors, { dataVar: 'report' });
  return { wrongWith, isReport: (value): value is Report => wrongWith(value) === undefined };
}
