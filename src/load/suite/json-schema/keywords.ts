import type { Json } from '../../../model/request.js';
import { isList, isObject, type JsonObject } from '../../../model/json.js';

export type Type = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

export interface Keyword {
  /** The schemas that stand in its value: one, a list, or one for each name. */
  readonly holds?: 'one' | 'list' | 'named';
  /** Its schemas are for the same value as the schema around them, so they inherit its type. */
  readonly inPlace?: true;
  /** Its schemas are for names, and those are texts in a value of any type. */
  readonly forNames?: true;
  /** A value of any other type meets it. */
  readonly of?: Type;
  /** The keyword without which it says nothing. */
  readonly beside?: string;
  /** Whether a value could fail it, going by which of its schemas could be failed. */
  readonly canFail: (value: Json, isFallible: (schema: Json) => boolean, beside: JsonObject) => boolean;
}

const never = (): boolean => false;
const always = (): boolean => true;
const aboveZero = (value: Json): boolean => Number(value) > 0;
const nonEmpty = (value: Json): boolean => isList(value) && value.length > 0;
const anyName = (value: Json): boolean => isObject(value) && Object.values(value).some(nonEmpty);

const one: Keyword['canFail'] = (value, isFallible) => isFallible(value);
const some: Keyword['canFail'] = (value, isFallible) => partsIn(value).some(isFallible);

const note: Keyword = { canFail: never };

/** Those of JSON Schema 2020-12 that decide something about a value, and notes to the reader. */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...['$schema', '$comment', 'title', 'description', 'default', 'examples'].map(
    (name) => [name, note] as const,
  ),
  ...['deprecated', 'readOnly', 'writeOnly'].map((name) => [name, note] as const),
  ['$defs', { holds: 'named', canFail: never }],
  // Followed by those who ask.
  ['$ref', { canFail: never }],

  ['allOf', { holds: 'list', inPlace: true, canFail: some }],
  ['anyOf', { holds: 'list', inPlace: true, canFail: (value, fails) => partsIn(value).every(fails) }],
  [
    'oneOf',
    {
      holds: 'list',
      inPlace: true,
      // Two that nothing can fail are both met.
      canFail: (value, fails) => partsIn(value).length > 1 || partsIn(value).some(fails),
    },
  ],
  ['not', { holds: 'one', inPlace: true, canFail: (value) => value !== false }],
  ['if', { holds: 'one', inPlace: true, canFail: never }],
  ['then', { holds: 'one', inPlace: true, beside: 'if', canFail: one }],
  ['else', { holds: 'one', inPlace: true, beside: 'if', canFail: one }],
  ['dependentSchemas', { holds: 'named', inPlace: true, of: 'object', canFail: some }],

  ['properties', { holds: 'named', of: 'object', canFail: some }],
  ['patternProperties', { holds: 'named', of: 'object', canFail: some }],
  ['additionalProperties', { holds: 'one', of: 'object', canFail: one }],
  ['unevaluatedProperties', { holds: 'one', of: 'object', canFail: one }],
  ['propertyNames', { holds: 'one', of: 'object', forNames: true, canFail: one }],
  ['prefixItems', { holds: 'list', of: 'array', canFail: some }],
  ['items', { holds: 'one', of: 'array', canFail: one }],
  ['unevaluatedItems', { holds: 'one', of: 'array', canFail: one }],
  [
    'contains',
    { holds: 'one', of: 'array', canFail: (_value, _fails, beside) => beside['minContains'] !== 0 },
  ],

  [
    'type',
    {
      canFail: (value) =>
        !typesIn(value).includes('number') || everyOther.some((type) => !typesIn(value).includes(type)),
    },
  ],
  ['enum', { canFail: always }],
  ['const', { canFail: always }],
  ['multipleOf', { of: 'number', canFail: always }],
  ['maximum', { of: 'number', canFail: always }],
  ['exclusiveMaximum', { of: 'number', canFail: always }],
  ['minimum', { of: 'number', canFail: always }],
  ['exclusiveMinimum', { of: 'number', canFail: always }],
  ['maxLength', { of: 'string', canFail: always }],
  ['minLength', { of: 'string', canFail: aboveZero }],
  ['pattern', { of: 'string', canFail: (value) => value !== '' }],
  ['maxItems', { of: 'array', canFail: always }],
  ['minItems', { of: 'array', canFail: aboveZero }],
  ['uniqueItems', { of: 'array', canFail: (value) => value === true }],
  ['maxContains', { of: 'array', beside: 'contains', canFail: always }],
  ['minContains', { of: 'array', beside: 'contains', canFail: never }],
  ['maxProperties', { of: 'object', canFail: always }],
  ['minProperties', { of: 'object', canFail: aboveZero }],
  ['required', { of: 'object', canFail: nonEmpty }],
  ['dependentRequired', { of: 'object', canFail: anyName }],
]);

const types: readonly Type[] = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
/** A number may be an integer. */
const everyOther = types.filter((type) => type !== 'integer' && type !== 'number');

/** The types that a `type` names. */
export function typesIn(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : value === undefined ? [] : [value];
}

function partsIn(value: Json): readonly Json[] {
  return isList(value) ? value : isObject(value) ? Object.values(value) : [];
}

/** What a suite cannot use, and what stands in its place. */
export const refused: ReadonlyMap<string, string> = new Map([
  ['$async', 'results are judged at once; leave it out'],
  ['$id', 'nothing outside can refer to the schema of a step; leave it out'],
  ['id', 'nothing outside can refer to the schema of a step; leave it out'],
  ['$anchor', 'refer to a part by its place, such as `#/$defs/name`'],
  ['$dynamicAnchor', 'refer to a part by its place, such as `#/$defs/name`'],
  ['$dynamicRef', 'write a `$ref` to the part that is meant'],
  ['$recursiveRef', 'write a `$ref` to the part that is meant'],
  ['$vocabulary', 'it belongs into a meta-schema'],
  ['definitions', 'since 2019 it is called `$defs`'],
  ['dependencies', 'since 2019 it is `dependentRequired` or `dependentSchemas`'],
  ['additionalItems', 'since 2020 it is `items`, beside `prefixItems`'],
  ['nullable', "write `type: [string, 'null']`, with the type that is meant"],
  ['discriminator', 'write `oneOf` with a `const` in each branch'],
  ['format', 'nothing here checks it; write a `pattern`'],
  ['contentEncoding', 'nothing here checks it'],
  ['contentMediaType', 'nothing here checks it'],
  ['contentSchema', 'nothing here checks it'],
]);
