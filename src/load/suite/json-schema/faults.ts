import type { Json } from '../../../model/request.js';
import { isObject } from '../../../model/json.js';
import { nearest } from '../../schema/nearest.js';
import { examinePattern } from './pattern.js';
import type { Problem } from '../../yaml/problem.js';
import { misshapen, uncompilable } from '../../schema/schema.js';
import { keywords, refused } from './keywords.js';
import { schemaParts, referring, type SchemaPart, type Referred } from './parts.js';
import { expandedSize } from './size.js';

/** What is wrong with a JSON Schema that stands in a suite; each `at` begins at the schema. */
export function faultsOfSchema(schema: Json): readonly Problem[] {
  const parts = schemaParts(schema);
  const referred = referring(parts);
  const unreadable = [...misshapen(schema), ...parts.flatMap((part) => faultsOfPart(part, referred))];
  if (unreadable.length > 0) return unreadable;
  // From here on each `$ref` leads somewhere.
  const size = expandedSize(schema, referred);
  if (size === 'endless')
    return [{ at: [], message: 'this schema refers to itself; write out as many levels as the answer has' }];
  if (size > sizeMax)
    return [
      {
        at: [],
        message: `this schema expands to ${spoken(size)} parts, at most ${sizeMax} may be; refer to less in it`,
      },
    ];
  const vacuous = parts.flatMap(vacuousKeywords);
  if (vacuous.length > 0) return vacuous;
  if (!isFallible(schema, referred))
    return [
      { at: [], message: 'every result meets this schema; say what a result must have, or `result: true`' },
    ];
  return isObject(schema) ? uncompilable(schema) : [];
}

/** Some two hundred fields with types and patterns. An answer has a few ten thousand parts at most, and each meets each of these. */
const sizeMax = 2000;

function spoken(size: number): string {
  return size < 1e9 ? String(size) : 'too many';
}

function faultsOfPart({ schema, at }: SchemaPart, referred: Referred): readonly Problem[] {
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([name, value]): readonly Problem[] => {
    const place = [...at, name];
    const instead = refused.get(name);
    if (instead !== undefined)
      return [{ at: place, key: true, message: `\`${name}\` cannot stand here: ${instead}` }];
    if (!keywords.has(name)) return [{ at: place, key: true, message: unknownKeyword(name) }];
    if (name === '$schema' && value !== dialect)
      return [{ at: place, message: `schemas are of the dialect ${dialect}; leave it out` }];
    if (name === '$ref' && referred(value) === undefined) return [{ at: place, message: astray(value) }];
    if (name === 'pattern') return faultsOfPattern(value, { at: place });
    if (name === 'patternProperties' && isObject(value))
      return Object.keys(value).flatMap((key) => faultsOfPattern(key, { at: [...place, key], key: true }));
    if (name === 'properties' && isObject(value) && Object.hasOwn(value, '__proto__'))
      return [
        { at: [...place, '__proto__'], key: true, message: 'a field of this name cannot be looked at' },
      ];
    return [];
  });
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

function unknownKeyword(name: string): string {
  const meant = nearest(name, [...keywords.keys()]);
  const instead =
    meant === undefined ? 'a field of the result stands under `properties`' : `did you mean \`${meant}\`?`;
  return `\`${name}\` is no keyword of JSON Schema; ${instead}`;
}

function astray(ref: Json): string {
  if (typeof ref === 'string' && !ref.startsWith('#'))
    return 'a `$ref` cannot leave its schema; put what it refers to under `$defs`';
  return 'there is no such part of this schema; refer to one by its place, such as `#/$defs/name`';
}

function faultsOfPattern(pattern: Json, where: Pick<Problem, 'at' | 'key'>): readonly Problem[] {
  const fault = typeof pattern === 'string' ? examinePattern(pattern).fault : undefined;
  return fault === undefined ? [] : [{ ...where, message: fault }];
}

/** Keywords that nothing can fail where they stand: they need another, or look at a type that nothing demands. */
function vacuousKeywords({ schema, at, types }: SchemaPart): readonly Problem[] {
  if (!isObject(schema)) return [];
  return Object.keys(schema).flatMap((name) => {
    const { of, beside } = keywords.get(name) ?? {};
    const place = { at: [...at, name], key: true } as const;
    if (beside !== undefined && !Object.hasOwn(schema, beside))
      return [{ ...place, message: `\`${name}\` says nothing without \`${beside}\` beside it` }];
    if (of === undefined || types.includes(of) || (of === 'number' && types.includes('integer'))) return [];
    const message = `\`${name}\` only looks at a value of type ${of}, and any other meets it; put \`type: ${of}\` beside it`;
    return [{ ...place, message }];
  });
}

function isFallible(schema: Json, referred: Referred): boolean {
  if (!isObject(schema)) return schema === false;
  const target = referred(schema['$ref']);
  if (target !== undefined && isFallible(target, referred)) return true;
  return Object.entries(schema).some(([name, value]) =>
    keywords.get(name)?.canFail(value, (part) => isFallible(part, referred), schema),
  );
}
