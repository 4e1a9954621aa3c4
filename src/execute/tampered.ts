import type { Json } from '../model/request.js';
import { isList, isObject, parseJson } from '../model/json.js';

/**
 * An id that says something else: where it, or a part of it, is JSON or JSON in Base64, its numbers and flags are other ones, or its texts
 * where it has neither. What cannot be read is changed in one character.
 */
export function tampered(id: string): string {
  const parts = id.split('.');
  for (const [at, part] of parts.entries()) {
    const other = read(part);
    if (other !== undefined) return parts.with(at, other).join('.');
  }
  const whole = read(id);
  if (whole !== undefined) return whole;
  const middle = id.length >> 1;
  return `${id.slice(0, middle)}${id[middle] === 'a' ? 'b' : 'a'}${id.slice(middle + 1)}`;
}

function read(text: string): string | undefined {
  const plain = changedJson(text);
  if (plain !== undefined) return plain;
  const isUrl = !/[+/=]/.test(text);
  const inside = changedJson(Buffer.from(text, 'base64').toString('utf8'));
  return inside === undefined
    ? undefined
    : Buffer.from(inside, 'utf8').toString(isUrl ? 'base64url' : 'base64');
}

/** What tells the parts of a signed token apart; changed, it is no token any more. */
const heads = new Set(['alg', 'typ', 'enc']);

function changedJson(text: string): string | undefined {
  const value = parseJson(text);
  if (!isObject(value) || Object.keys(value).some((key) => heads.has(key))) return undefined;
  const numbers = changed(value, (one) =>
    typeof one === 'number' ? one + 1 : typeof one === 'boolean' ? !one : one,
  );
  const other = JSON.stringify(numbers);
  if (other !== JSON.stringify(value)) return other;
  const texts = JSON.stringify(changed(value, (one) => (typeof one === 'string' ? `${one}x` : one)));
  return texts === other ? undefined : texts;
}

function changed(value: Json, other: (one: Json) => Json): Json {
  if (isList(value)) return value.map((item) => changed(item, other));
  if (!isObject(value)) return other(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, changed(item, other)]));
}
