import { readFile } from 'node:fs/promises';
import type { Report } from '../model/report.js';
import type { RunLine } from './run-lines.js';

export interface LineGuard {
  readonly isLine: (value: unknown) => value is RunLine;
  /** What is wrong with the value as a line, if anything is. */
  readonly wrongWith: (value: unknown) => string | undefined;
  /** What is wrong with the value as a whole report, if anything is. */
  readonly wrongWithReport: (value: unknown) => string | undefined;
  /** Whether it is a whole report. */
  readonly isReport: (value: unknown) => value is Report;
}

const lineKinds = [
  'header',
  'facts',
  'entry',
  'check',
  'incident',
  'witness',
  'footer',
] as const satisfies readonly RunLine['kind'][];

/** The published schemas, compiled; one validator for each kind of line keeps the messages short. */
export function loadLineGuard(): Promise<LineGuard> {
  return (loadedGuard ??= compile());
}

// Compiling costs more than reading most files.
let loadedGuard: Promise<LineGuard> | undefined;

async function compile(): Promise<LineGuard> {
  const [{ Ajv2020 }, report, run] = await Promise.all([
    import('ajv/dist/2020.js'),
    readSchema('report.schema.json'),
    readSchema('run.schema.json'),
  ]);
  const ajv = new Ajv2020({ allowUnionTypes: true, schemas: [report, run] });
  const wrongWith = (value: unknown) => {
    const kind = lineKindOf(value);
    if (kind === undefined) return `the kind must be one of ${lineKinds.join(', ')}`;
    return ajv.validate(`${runSchemaId}#/$defs/${kind}`, value)
      ? undefined
      : ajv.errorsText(undefined, { dataVar: kind });
  };
  const wrongWithReport = (value: unknown) =>
    ajv.validate(reportSchemaId, value) ? undefined : ajv.errorsText(undefined, { dataVar: 'report' });
  const isReport = (value: unknown): value is Report => wrongWithReport(value) === undefined;
  return {
    wrongWith,
    wrongWithReport,
    isReport,
    isLine: (value): value is RunLine => wrongWith(value) === undefined,
  };
}

const reportSchemaId = 'urn:sessionspec:report:3';
const runSchemaId = 'urn:sessionspec:run:3';

async function readSchema(name: string): Promise<object> {
  const schema: object = JSON.parse(
    await readFile(new URL(`../../reports/${name}`, import.meta.url), 'utf8'),
  );
  return schema;
}

function lineKindOf(value: unknown): RunLine['kind'] | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  return lineKinds.find((kind) => kind === value.kind);
}
