import type { Json } from '../../../model/request.js';
import { isList, isObject, type JsonObject } from '../../../model/json.js';
import { examinePattern } from './pattern.js';
import { keywords } from './keywords.js';
import { childrenOf, type Referred } from './parts.js';

/**
 * How much the schema is once each `$ref` is replaced by what it refers to: one for each keyword and value, more for a pattern. That
 * bounds what validation takes for each part of an answer. A schema that refers to itself has no size.
 */
export function expandedSize(root: Json, referred: Referred): number | 'endless' {
  const known = new Map<JsonObject, number>();
  const open = new Set<JsonObject>();
  const sizeOf = (schema: Json): number => {
    if (!isObject(schema)) return 1;
    const before = known.get(schema);
    if (before !== undefined) return before;
    if (open.has(schema)) return Number.NaN;
    if (open.size > depthMax) return Infinity;
    open.add(schema);
    const below = childrenOf(schema).filter(({ name }) => name !== '$defs');
    const target = referred(schema['$ref']);
    const parts = [...below.map((child) => child.schema), ...(target === undefined ? [] : [target])];
    const size = parts.reduce<number>((sum, part) => sum + sizeOf(part), ownSize(schema));
    open.delete(schema);
    known.set(schema, size);
    return size;
  };
  const size = sizeOf(root);
  return Number.isNaN(size) ? 'endless' : size;
}

/** Of schemas within schemas; those who compile and validate call themselves as deep. */
const depthMax = 200;

function ownSize(schema: JsonObject): number {
  return Object.entries(schema).reduce((sum, [name, value]) => sum + 1 + costOf(name, value), 1);
}

function costOf(name: string, value: Json): number {
  if (name === 'pattern' && typeof value === 'string') return examinePattern(value).size;
  if (name === 'patternProperties' && isObject(value))
    return Object.keys(value).reduce((sum, pattern) => sum + examinePattern(pattern).size, 0);
  // Each item is written out to be compared.
  if (name === 'uniqueItems') return 50;
  return keywords.get(name)?.holds === undefined && !isNote(name) ? valuesIn(value) : 0;
}

const isNote = (name: string): boolean => ['default', 'examples'].includes(name);

function valuesIn(value: Json): number {
  const parts = isList(value) ? value : isObject(value) ? Object.values(value) : [];
  return parts.reduce<number>((sum, part) => sum + valuesIn(part), 1);
}
