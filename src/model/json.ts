import type { Json } from './facts.js';

export type JsonObject = { readonly [key: string]: Json };

/** The value of a JSON text, or nothing where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    // What JSON.parse gives is JSON, which its type does not say.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Array.isArray does not narrow a readonly array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
