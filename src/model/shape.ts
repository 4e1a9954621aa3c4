import type { Json } from './request.js';
import { isObject, type JsonObject } from './json.js';

type ResultShape = (result: JsonObject) => boolean;

/**
 * What a result of each method looks like, as far as it tells the methods apart: an answer of another shape belongs to another request
 * (or no answer at all). Written by hand from the schemas of the revisions.
 */
const shapes: ReadonlyMap<string, ResultShape> = new Map<string, ResultShape>([
  ['initialize', (result) => typeof result['protocolVersion'] === 'string' && isObject(result['serverInfo'])],
  ['ping', (result) => Object.keys(result).every((key) => key === '_meta')],
  ['tools/list', (result) => Array.isArray(result['tools'])],
  [
    'tools/call',
    (result) =>
      Array.isArray(result['content']) ||
      'structuredContent' in result ||
      // It may be run as a task, or go on once something was asked.
      isObject(result['task']) ||
      result['resultType'] === 'task' ||
      result['resultType'] === 'input_required',
  ],
  ['prompts/list', (result) => Array.isArray(result['prompts'])],
  ['resources/list', (result) => Array.isArray(result['resources'])],
]);

/** True when `result` can be the result of `method`; any object can for a method without a known shape. */
export function fitsMethod(method: string | undefined, result: Json): boolean {
  if (!isObject(result)) return false;
  return shapes.get(method ?? '')?.(result) ?? true;
}

/** True when results of `method` cannot be mistaken for another's. */
export function tellsApart(method: string | undefined): boolean {
  return method !== undefined && shapes.has(method);
}
