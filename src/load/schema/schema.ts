import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js';
import type { RawStep, RawSuite } from '../../model/raw-suite.js';
import type { RawProfile } from '../catalogue/raw-profile.js';
import type { RawFleet } from '../fleet/raw-fleet.js';
import type { RawSubject } from '../fleet/raw-subject.js';
import type { RawBaseline } from '../target/raw-baseline.js';
import type { RawTarget } from '../target/raw-target.js';
import {
  baselineSchemaFile,
  fleetSchemaFile,
  profileSchemaFile,
  subjectSchemaFile,
  suiteSchemaFile,
  targetSchemaFile,
} from '../catalogue/places.js';
import type { DocPath, Problem } from '../yaml/problem.js';
import { sentencesOf } from './sentences.js';

/** What a value is once its schema has accepted it. */
export interface Shapes {
  readonly suite: RawSuite;
  readonly step: RawStep;
  readonly profile: RawProfile;
  readonly target: RawTarget;
  readonly baseline: RawBaseline;
  readonly subject: RawSubject;
  readonly fleet: RawFleet;
}
export type Shape = keyof Shapes;

/** The value with the type that its schema gives it, unless something of it is not as the schema wants. */
export function shaped<S extends Shape>(
  shape: S,
  value: unknown,
  at: DocPath = [],
): { readonly value?: Shapes[S]; readonly problems: readonly Problem[] } {
  const problems = problemsOfShape(shape, value, at);
  return isShaped(shape, value, problems) ? { value, problems } : { problems };
}

/** What of `value` is not as the schema wants it; `at` is where `value` stands in its file. */
export function problemsOfShape(shape: Shape, value: unknown, at: DocPath = []): readonly Problem[] {
  const placed = (problem: Problem): Problem => ({ ...problem, at: [...at, ...problem.at] });
  return sentencesOf(errorsOf(shape, value)).map(placed);
}

/** The types are written from the schemas, so what the schema accepts has the type. */
function isShaped<S extends Shape>(_: S, __: unknown, problems: readonly Problem[]): __ is Shapes[S] {
  return problems.length === 0;
}

/** Where a JSON Schema of a suite is not one; `at` begins at the schema. */
export function misshapen(schema: unknown): readonly Problem[] {
  const validate = compiler().getSchema('https://json-schema.org/draft/2020-12/schema');
  if (validate === undefined) throw new Error('the schema of schemas is missing');
  if (validate(schema) === true) return [];
  // A value that may have several shapes has broken them all: what is said first, or of its parts, fits best.
  const first = new Map<string, ErrorObject>();
  for (const error of validate.errors ?? [])
    if (!first.has(error.instancePath)) first.set(error.instancePath, error);
  const paths = [...first.keys()];
  const innermost = [...first].filter(([path]) => !paths.some((other) => other.startsWith(`${path}/`)));
  return sentencesOf(innermost.map(([, error]) => error));
}

/** What the compiler of JSON Schemas refuses in one that has the right shape. */
export function uncompilable(schema: object): readonly Problem[] {
  const regExp = Object.assign((pattern: string) => ({ test: () => true, toString: () => pattern }), {
    code: '',
  });
  const strict = { strictSchema: true, strictNumbers: true, allowUnionTypes: true } as const;
  const lax = { logger: false, validateSchema: false, addUsedSchema: false, validateFormats: false } as const;
  try {
    new Ajv2020({ ...strict, ...lax, inlineRefs: false, code: { regExp, optimize: false } }).compile(schema);
    return [];
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [{ at: [], message: `this schema cannot be used: ${says}` }];
  }
}

function errorsOf(shape: Shape, value: unknown): readonly ErrorObject[] {
  const validate = compiler().getSchema(shape === 'step' ? 'suite#/$defs/step' : shape);
  if (validate === undefined) throw new Error(`the schema of a ${shape} is missing`);
  const isRight = validate(value);
  return (isRight === true ? [] : (validate.errors ?? [])).filter((error) => !awaitsArgument(error));
}

/** What an argument makes of a shared step is only known where it is used; the step is looked at again there. */
function awaitsArgument({ instancePath, data }: ErrorObject): boolean {
  return instancePath.startsWith('/shared/') && typeof data === 'string' && data.includes('${');
}

let compiled: Ajv2020 | undefined;

/** Compiled on first use only: most commands load no suite. The code generator's optimizer costs more than it saves here. */
function compiler(): Ajv2020 {
  if (compiled !== undefined) return compiled;
  const code = { optimize: false };
  const strictness = { strictRequired: false, allowUnionTypes: true, addUsedSchema: false } as const;
  compiled = new Ajv2020({
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    logger: false,
    code,
    ...strictness,
  });
  for (const [name, file] of [
    ['suite', suiteSchemaFile()],
    ['profile', profileSchemaFile()],
    ['target', targetSchemaFile()],
    ['baseline', baselineSchemaFile()],
    ['subject', subjectSchemaFile()],
    ['fleet', fleetSchemaFile()],
  ] as const)
    compiled.addSchema(schemaIn(file), name);
  return compiled;
}

function schemaIn(file: string): AnySchemaObject {
  const schema: AnySchemaObject = JSON.parse(readFileSync(file, 'utf8'));
  return schema;
}
