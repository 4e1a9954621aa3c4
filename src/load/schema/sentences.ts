import type { ErrorObject } from 'ajv/dist/2020.js';
import { stepKinds } from '../suite/kinds.js';
import { listed, nearest, suggestion } from './nearest.js';
import { pointerTokens, type DocPath, type Problem } from '../yaml/problem.js';
import { notAllowed, part, shown, typeOf, typesNamed, asDemand, whole } from './wording.js';

/** Says what ajv found in sentences for the author of the file, one for each thing that is wrong. */
export function sentencesOf(errors: readonly ErrorObject[]): readonly Problem[] {
  const torn = new Set(errors.filter(isTornStep).map((error) => error.instancePath));
  const firstOf = new Map<string, Problem>();
  for (const error of errors) {
    const isTorn = torn.has(error.instancePath);
    const problem = isTorn ? tornStep(error) : sentenceOf(error);
    // A value of a wrong type breaks several keywords at once: the first says it.
    const once = `${error.instancePath} ${isTorn ? 'torn' : error.keyword === 'type' ? 'type' : problem?.message}`;
    if (problem !== undefined && !firstOf.has(once)) firstOf.set(once, problem);
  }
  return [...firstOf.values()];
}

function sentenceOf(error: ErrorObject): Problem | undefined {
  const say = sayings[error.keyword];
  // The alternatives of a choice are reported once, with the choice.
  if (say === null || /\/anyOf\/\d+\/required$/.test(error.schemaPath)) return undefined;
  const at = pointerTokens(error.instancePath);
  return say === undefined ? { at, message: `this ${error.message ?? 'is wrong'}` } : say(error, at);
}

type Say = (error: ErrorObject, at: DocPath) => Problem;

/** By keyword of JSON Schema; null where another error says the same. */
const sayings: Readonly<Record<string, Say | null>> = {
  if: null,
  propertyNames: null,
  additionalProperties: (error, at) => unknownKey(error, at),
  anyOf: (error, at) => noKind(error, at),
  required: ({ params }, at) => ({ at, message: `${whole(at)} needs \`${params.missingProperty}\`` }),
  dependentRequired: ({ params }, at) => ({
    at: [...at, String(params.property)],
    key: true,
    message: `\`${params.property}\` says nothing without \`${params.missingProperty}\` beside it`,
  }),
  enum: ({ data, params }, at) => ({
    at,
    message: `${notAllowed(at, data)}${suggestion(String(data), params.allowedValues.map(String))}`,
  }),
  const: ({ data, params }, at) => ({
    at,
    message: `${notAllowed(at, data)}; only ${shown(params.allowedValue)}`,
  }),
  type: ({ data, params }, at) => ({
    at,
    message: `${whole(at)} must be ${typesNamed(params.type)}, not ${typeOf(data)}`,
  }),
  pattern: ({ data, propertyName, parentSchema }, at) => ({
    at: propertyName === undefined ? at : [...at, propertyName],
    ...(propertyName === undefined ? {} : { key: true }),
    message: `${shown(propertyName ?? data)} cannot stand here; expected is ${asDemand(parentSchema?.description)}`,
  }),
  minimum: ({ params }, at) => ({ at, message: `${part(at)} must be at least ${params.limit}` }),
  maximum: ({ params }, at) => ({ at, message: `${part(at)} must be at most ${params.limit}` }),
  minItems: (_, at) => ({ at, message: `${part(at)} must not be empty` }),
  minLength: (_, at) => ({ at, message: `${part(at)} must not be empty` }),
  minProperties: ({ parentSchema }, at) => ({
    at,
    message: `${part(at)} is empty; it needs at least one of ${listed(keysOf(parentSchema), 'or')}`,
  }),
  uniqueItems: ({ params }, at) => ({
    at: [...at, Math.max(params.i, params.j)],
    message: 'this stands twice in the list',
  }),
};

function unknownKey({ params, parentSchema }: ErrorObject, at: DocPath): Problem {
  const key = String(params.additionalProperty);
  const known = keysOf(parentSchema);
  const kind = stepKindOf(parentSchema);
  const unknown =
    kind === undefined
      ? `unknown ${known.includes('echoes') ? 'predicate' : 'key'} ${shown(key)}`
      : `\`${kind}\` has no option ${shown(key)}`;
  return { at: [...at, key], key: true, message: `${unknown}${suggestion(key, known)}` };
}

/** The kind of step that a closed schema is for: the key that names it stands first. */
function stepKindOf(schema: ErrorObject['parentSchema']): string | undefined {
  return stepKinds.find((name) => keysOf(schema)[0] === name);
}

function noKind({ data, schema }: ErrorObject, at: DocPath): Problem {
  const choices: readonly { readonly required: readonly string[] }[] = Array.isArray(schema) ? schema : [];
  const kinds = choices.flatMap(({ required }) => required);
  const slip = keysIn(data).find((key) => nearest(key, kinds) !== undefined);
  if (slip === undefined) return { at, message: `${whole(at)} needs one of ${listed(kinds, 'or')}` };
  const noun = kinds.includes('send') ? 'step' : 'key';
  return {
    at: [...at, slip],
    key: true,
    message: `unknown ${noun} ${shown(slip)}${suggestion(slip, kinds)}`,
  };
}

function isTornStep({ keyword, data, parentSchema }: ErrorObject): boolean {
  return (
    keyword === 'additionalProperties' && stepKindOf(parentSchema) !== undefined && kindsIn(data).length > 1
  );
}

function tornStep({ data, instancePath }: ErrorObject): Problem {
  const [, second = ''] = kindsIn(data);
  return {
    at: [...pointerTokens(instancePath), second],
    key: true,
    message: `a step is one thing, and this is ${listed(kindsIn(data))}; make a step of each`,
  };
}

function kindsIn(data: unknown): readonly string[] {
  const kinds: ReadonlySet<string> = new Set(stepKinds);
  return keysIn(data).filter((key) => kinds.has(key));
}

function keysOf(schema: ErrorObject['parentSchema']): readonly string[] {
  return keysIn(schema?.properties);
}

function keysIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
