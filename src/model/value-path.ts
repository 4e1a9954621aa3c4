import type { Json } from './request.js';
import { isList, isObject } from './json.js';

/** Where in an answer a value stands, as `result._meta["mcp/session"]`. */
export interface ValuePath {
  /** As it was written. */
  readonly text: string;
  readonly root: 'result' | 'error' | 'headers' | 'events' | 'handle';
  readonly keys: readonly (string | number)[];
}

const roots: readonly ValuePath['root'][] = ['result', 'error', 'headers', 'events', 'handle'];
const key = /\.([A-Za-z_][\w-]*)|\[(\d{1,6})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** The path that a text writes, or nothing where it writes none. */
export function readPath(text: string): ValuePath | undefined {
  const root = roots.find((name) => text.startsWith(name));
  if (root === undefined) return undefined;
  const keys: (string | number)[] = [];
  key.lastIndex = root.length;
  while (key.lastIndex < text.length) {
    const found = key.exec(text);
    if (found === null) return undefined;
    const [, name, index, quoted] = found;
    const one = name ?? (index === undefined ? unquoted(quoted ?? '') : Number(index));
    if (one === undefined) return undefined;
    keys.push(one);
  }
  return isUsable(root, keys) ? { text, root, keys } : undefined;
}

/** The part of a value to which the keys lead. */
export function valueAt(value: Json | undefined, keys: ValuePath['keys']): Json | undefined {
  let part = value;
  for (const one of keys) {
    if (isList(part) && typeof one === 'number') part = part[one];
    else if (isObject(part) && Object.hasOwn(part, one)) part = part[one];
    else return undefined;
  }
  return part;
}

function unquoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A header field is named, and of an event only its id can be used again. */
function isUsable(root: ValuePath['root'], keys: ValuePath['keys']): boolean {
  const [first, second] = keys;
  if (root === 'headers') return keys.length === 1 && typeof first === 'string';
  // Where the id stands that a probe made is a fact of the target.
  if (root === 'handle') return keys.length === 0;
  return root !== 'events' || (keys.length === 2 && typeof first === 'number' && second === 'id');
}
