import { isList, isObject, parseJson, type JsonObject } from './json.js';
import type { Header } from './framing.js';
import { asField } from './modern.js';
import type { Json } from './request.js';
import { valueAt } from './value-path.js';

/** An argument of a tool that a client of 2026-07-28 repeats in a header field. */
export interface MirroredArgument {
  readonly keys: readonly string[];
  readonly field: string;
}

/** By the names of tools. */
export type Mirrored = ReadonlyMap<string, readonly MirroredArgument[]>;

/** What stands behind is not looked at. */
const toolsMax = 1_000;

/** What the tools of a list want in header fields. */
export function mirroredIn(listed: JsonObject | undefined): Mirrored {
  const tools = isList(listed?.['tools']) ? listed['tools'] : [];
  const wanted = tools.slice(0, toolsMax).flatMap((tool) => {
    if (!isObject(tool) || typeof tool['name'] !== 'string') return [];
    return [[tool['name'], mirroredBy(tool)] as const];
  });
  return new Map(wanted.filter(([, each]) => each.length > 0));
}

/** What a listed tool wants in header fields. A tool that asks for it in a wrong way is none that a client may call so. */
export function mirroredBy(tool: JsonObject): readonly MirroredArgument[] {
  const found = argumentsIn(tool['inputSchema'], []);
  const names = found.map(({ field }) => field.toLowerCase());
  return found.every(({ isUsable }) => isUsable) && new Set(names).size === names.length
    ? found.map(({ keys, field }) => ({ keys, field }))
    : [];
}

interface Found extends MirroredArgument {
  readonly isUsable: boolean;
}

const depthMax = 5;
const argumentsMax = 50;

function argumentsIn(schema: Json | undefined, keys: readonly string[]): readonly Found[] {
  const properties = isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {};
  if (keys.length >= depthMax) return [];
  return Object.entries(properties)
    .slice(0, argumentsMax)
    .flatMap(([key, property]): readonly Found[] => {
      const path = [...keys, key];
      const name = isObject(property) ? property['x-mcp-header'] : undefined;
      if (name === undefined) return argumentsIn(property, path);
      if (typeof name !== 'string') return [{ keys: path, field: '', isUsable: false }];
      const isUsable = token.test(name) && isPrimitive(property);
      return [{ keys: path, field: `Mcp-Param-${name}`, isUsable }];
    });
}

const token = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

function isPrimitive(property: Json | undefined): boolean {
  const type = isObject(property) ? property['type'] : undefined;
  return type === 'string' || type === 'integer' || type === 'boolean';
}

/** The header fields that repeat arguments of the call that a message makes. */
export function mirroringFields(text: string, mirrored: Mirrored): readonly Header[] {
  if (mirrored.size === 0) return [];
  const message = parseJson(text);
  if (!isObject(message) || message['method'] !== 'tools/call' || !isObject(message['params'])) return [];
  const { name, arguments: args } = message['params'];
  const wanted = typeof name === 'string' ? (mirrored.get(name) ?? []) : [];
  return wanted.flatMap(({ keys, field }) => {
    const value = valueAt(args, keys);
    return value === undefined || value === null || typeof value === 'object'
      ? []
      : [[field, asField(String(value))] as const];
  });
}
