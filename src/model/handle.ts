import { isList, isObject, parseJson } from './json.js';
import type { Json, Probe, StateProbe } from './request.js';
import type { Change, GeneratedForm } from './session-choice.js';
import { valueAt, type ValuePath } from './value-path.js';

/**
 * What an id names that stands in a request itself: something that tools keep, a task, or a request that goes on once something was
 * asked. Whatever it is, checks ask the same of it.
 */
export const handleKinds = ['handle', 'task', 'request-state'] as const;
export type HandleKind = (typeof handleKinds)[number];

/**
 * How something is made that an id names, and what can be done with it then. `${handle}` in the parameters stands for the id, wherever the
 * id travels: in an argument of a tool, in a parameter, under a key of `_meta`.
 */
export interface HandleProbe {
  /** What the answer of it holds the id of. */
  readonly create: Probe;
  readonly idAt: IdAt;
  readonly read: Probe;
  /** Where something can be written to it. */
  readonly write?: Probe;
  /** How a reading shows what was written. */
  readonly shows?: StateProbe['shows'];
  readonly end?: Probe;
  /** A request of the kind that takes the id, but not the one that it was made for. */
  readonly elsewhere?: Probe;
}

/** Where in a result the id stands: under keys, or in the text that stands there, as a part of its JSON or as one of its words. */
export interface IdAt {
  readonly keys: ValuePath['keys'];
  readonly json?: ValuePath['keys'];
  /** Counted among the words that may be an id. */
  readonly word?: number;
}

/** `tampered`: where the id can be read, it says something else afterwards. */
export type HandleChange = Change | 'tampered';

/** Which id a request carries. */
export type HandleChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'given'; readonly text: string; readonly changed?: HandleChange }
  | { readonly kind: 'generated'; readonly how: GeneratedForm };

/** The id in a result, as it came: numbers stay numbers. */
export function idIn(result: Json | undefined, { keys, json, word }: IdAt): Json | undefined {
  const value = valueAt(result, keys);
  if (typeof value !== 'string') return word === undefined && json === undefined ? usable(value) : undefined;
  if (json !== undefined) return usable(valueAt(parseJson(value), json));
  return usable(word === undefined ? value : idWords(value)[word]);
}

function usable(value: Json | undefined): Json | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' && value.length <= idMax ? value : undefined;
}

/** Longer texts are documents. */
const idMax = 8_192;

/** Words of a text that may be an id: they have a digit, or are as long as no word of a language. */
export function idWords(text: string): readonly string[] {
  const words = text.slice(0, idMax).match(/[\w+/=~-]+(?:[.:][\w+/=~-]+)*/g) ?? [];
  return words.filter((word) => /\d/.test(word) || word.length > wordMax);
}

const wordMax = 20;

const written = '${handle}';

/** The same request with no id in it. */
export function withoutHandle({ params, ...probe }: Probe): Probe {
  return { ...probe, ...(params !== undefined && { params: cut(params) }) };
}

function cut(value: Json): Json {
  if (isList(value)) return value.filter((item) => item !== written).map(cut);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === written ? [] : [[key, cut(item)] as const])),
  );
}
