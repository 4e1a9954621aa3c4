import type { Json } from '../../../model/request.js';
import { isList, isObject, type JsonObject } from '../../../model/json.js';
import { pointerTokens, type DocPath } from '../../yaml/problem.js';
import { keywords, typesIn, type Keyword } from './keywords.js';

/** A schema as it stands in another, or the outermost. */
export interface SchemaPart {
  readonly schema: Json;
  readonly at: DocPath;
  /** The types that a value has when it gets here; empty where nothing says. */
  readonly types: readonly Json[];
}

/** The schema and all that stand in it, with those that others refer to. */
export function schemaParts(
  schema: Json,
  at: DocPath = [],
  inherited: readonly Json[] = [],
): readonly SchemaPart[] {
  if (!isObject(schema)) return [{ schema, at, types: inherited }];
  const types = schema['type'] === undefined ? inherited : typesIn(schema['type']);
  const below = childrenOf(schema).flatMap((child) => {
    const { inPlace, forNames } = child.keyword;
    return schemaParts(child.schema, [...at, ...child.at], inPlace ? types : forNames ? ['string'] : []);
  });
  return [{ schema, at, types }, ...below];
}

interface Below {
  readonly keyword: Keyword;
  readonly name: string;
  readonly at: DocPath;
  readonly schema: Json;
}

export function childrenOf(schema: JsonObject): readonly Below[] {
  return Object.entries(schema).flatMap(([name, value]) => {
    const keyword = keywords.get(name);
    if (keyword?.holds === 'one') return [{ keyword, name, at: [name], schema: value }];
    if (keyword?.holds === 'list' && isList(value))
      return value.map((each, index) => ({ keyword, name, at: [name, index], schema: each }));
    if (keyword?.holds === 'named' && isObject(value))
      return Object.entries(value).map(([key, each]) => ({ keyword, name, at: [name, key], schema: each }));
    return [];
  });
}

/** What a `$ref` points to, if that is one of these schemas. */
export type Referred = (ref: Json | undefined) => Json | undefined;

export function referring(parts: readonly SchemaPart[]): Referred {
  const places = new Map(parts.map(({ at, schema }) => [keyOf(at), schema]));
  return (ref) =>
    typeof ref === 'string' && /^#(?:$|\/)/.test(ref) ? places.get(keyOf(refTokens(ref))) : undefined;
}

function keyOf(path: DocPath | undefined): string {
  return JSON.stringify(path?.map(String));
}

function refTokens(ref: string): readonly string[] | undefined {
  try {
    return pointerTokens(decodeURIComponent(ref));
  } catch {
    return undefined;
  }
}
