import type { Json } from './request.js';
import { isList, isObject } from './json.js';

/**
 * Texts with names in them, such as `client-${i}`: the only place that knows how a name is written. Arguments of shared steps, what is
 * filled in while a check runs, and variables of the environment all go through here.
 */
const mention = /\$\{([^${}]*)\}/g;

/** What a name stands for; nothing leaves the name as it is written. */
export type ValueOf = (name: string) => Json | undefined;

export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(mention)].map(([, name = '']) => name);
}

/** The name where the text is nothing but one: then it stands for the value with its type. */
export function onlyName(text: string): string | undefined {
  const [first] = text.matchAll(mention);
  return first?.[0] === text ? first[1] : undefined;
}

/** What stands around the names. */
export function partsAround(text: string): readonly string[] {
  return text.replaceAll(mention, '\0').split('\0');
}

export function filled(text: string, valueOf: ValueOf): string {
  return text.replaceAll(mention, (written, name: string) => {
    const value = valueOf(name);
    return value === undefined ? written : textOf(value);
  });
}

export function filledJson(value: Json, valueOf: ValueOf): Json {
  if (typeof value === 'string') {
    const name = onlyName(value);
    const whole = name === undefined ? undefined : valueOf(name);
    return whole === undefined ? filled(value, valueOf) : whole;
  }
  if (isList(value)) return value.map((item) => filledJson(item, valueOf));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledJson(item, valueOf)]));
}

export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What an object holds under its own names, as values for a template. */
export function from(values: Readonly<Record<string, Json>>): ValueOf {
  return (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
}

export interface Mention {
  readonly name: string;
  readonly at: readonly (string | number)[];
}

/** Every name in the strings of a value, but not in its keys. */
export function mentionsIn(value: unknown, at: Mention['at'] = []): readonly Mention[] {
  if (typeof value === 'string') return namesIn(value).map((name) => ({ name, at }));
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => mentionsIn(item, [...at, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => mentionsIn(item, [...at, key]));
}
