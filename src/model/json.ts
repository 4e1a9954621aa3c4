import type { Json } from './request.js';

export type JsonObject = { readonly [key: string]: Json };

/** Deeper than any server in earnest nests, and far less deep than calls may. */
export const levelsMax = 200;

/** What a JSON text says, down to `levelsMax` levels. */
export interface ReadJson {
  readonly value: Json;
  /** What is nested deeper was left out: `null` stands there. */
  readonly isCut?: true;
}

/**
 * Reads the JSON of a stranger. What it gives is never deep, so that a walk over it may be recursive.
 */
export function readJson(text: string): ReadJson | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const shallow = withoutDepth(text);
  return shallow === text ? { value } : { value: parsed(shallow) ?? null, isCut: true };
}

/** The value of a JSON text, or nothing where it is none. */
export function parseJson(text: string): Json | undefined {
  return readJson(text)?.value;
}

function parsed(text: string): Json | undefined {
  // A third of all answers have no body, and an error takes longer than reading any other.
  if (text === '') return undefined;
  try {
    // What JSON.parse gives is JSON, which its type does not say.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const [quote, backslash] = ['"', '\\'].map((char) => char.charCodeAt(0));
const opening: ReadonlySet<number> = new Set(['[', '{'].map((char) => char.charCodeAt(0)));
const closing: ReadonlySet<number> = new Set([']', '}'].map((char) => char.charCodeAt(0)));

/** A text that is JSON, with `null` for each list and object that has more than `levelsMax` around it. */
function withoutDepth(text: string): string {
  // Each level takes two brackets.
  if (text.length < 2 * levelsMax) return text;
  const kept: string[] = [];
  let from = 0;
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (opening.has(code)) {
      if (level === levelsMax) kept.push(text.slice(from, at), 'null');
      level += 1;
    } else if (closing.has(code)) {
      level -= 1;
      if (level === levelsMax) from = at + 1;
    }
  }
  return kept.length === 0 ? text : kept.join('') + text.slice(from);
}

/** Where the string ends that begins at a quote. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote || Number.isNaN(code)) return at;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Array.isArray does not narrow a readonly array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A value and all that is in it, in the order in which it is written; the names of its members are with their values. */
export function* partsOf(
  root: Json | undefined,
): Generator<{ readonly value: Json; readonly name?: string }> {
  if (root === undefined) return;
  const left: { readonly value: Json; readonly name?: string }[] = [{ value: root }];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    yield part;
    const { value } = part;
    if (isList(value)) for (const item of value.toReversed()) left.push({ value: item });
    else if (isObject(value))
      for (const [name, item] of Object.entries(value).toReversed()) left.push({ value: item, name });
  }
}
