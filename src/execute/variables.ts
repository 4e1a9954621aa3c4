import type { Json } from '../model/facts.js';
import { isList, isObject } from '../model/json.js';

type Variables = Readonly<Record<string, string | number>>;

/** Replaces `${name}`; a name without a value stays, which the loader has made sure cannot happen. */
export function fill(text: string, variables: Variables): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? String(variables[name]) : whole,
  );
}

export function fillJson(value: Json, variables: Variables): Json {
  if (typeof value === 'string') return fill(value, variables);
  if (isList(value)) return value.map((item) => fillJson(item, variables));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillJson(item, variables)]));
}
