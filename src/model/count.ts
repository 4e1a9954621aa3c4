import { isList, parseJson } from './json.js';
import { firstText } from './message.js';
import { numberIn } from './probe.js';
import type { Json } from './request.js';
import { valueAt, type ValuePath } from './value-path.js';

/**
 * Where a reading shows how often was written, if not by the first whole number in it: a list that grows, a number, or what stands in a
 * text once for each write. A fresh session shows none of it.
 */
export interface CountAt {
  readonly keys: ValuePath['keys'];
  /** The text that stands there is JSON, and these lead on in it. */
  readonly json?: ValuePath['keys'];
  /** What the text that stands there says once for each write. */
  readonly says?: string;
  /** As much is added by one write. */
  readonly by: number;
}

/** How many writes a reading shows; undefined where it shows nothing of the kind. */
export function countIn(result: Json | undefined, at: CountAt | undefined): number | undefined {
  if (at === undefined) return numberIn(result);
  const size = sizeAt(result, at);
  return size === undefined ? undefined : size / at.by;
}

/** The length of a list, a number, or how often the words stand in a text. */
export function sizeAt(
  result: Json | undefined,
  { keys, json, says }: Omit<CountAt, 'by'>,
): number | undefined {
  const there = valueAt(result, keys);
  const value =
    json === undefined ? there : typeof there === 'string' ? valueAt(parseJson(there), json) : undefined;
  if (isList(value)) return value.length;
  if (typeof value === 'number') return value;
  return typeof value === 'string' && says !== undefined ? value.split(says).length - 1 : undefined;
}

const leavesMax = 200;
const depthMax = 6;

/** Every place of a reading where a count may stand: its structure first, then the JSON of its first text, then what the words are found in. */
export function placesOfCount(
  result: Json | undefined,
  words: readonly string[],
): readonly Omit<CountAt, 'by'>[] {
  const structured = placesIn(valueAt(result, ['structuredContent'])).map((keys) => ({
    keys: ['structuredContent', ...keys],
  }));
  const text = firstText(result);
  const at = ['content', 0, 'text'];
  const parsed = placesIn(text === undefined ? undefined : parseJson(text)).map((json) => ({
    keys: at,
    json,
  }));
  return [...structured, ...parsed, ...words.map((says) => ({ keys: at, says }))];
}

/** Lists before numbers, and what is nearer before what is deeper. */
function placesIn(value: Json | undefined): readonly ValuePath['keys'][] {
  const [lists, numbers]: [ValuePath['keys'][], ValuePath['keys'][]] = [[], []];
  const open: { readonly keys: ValuePath['keys']; readonly value: Json | undefined }[] = [
    { keys: [], value },
  ];
  for (let index = 0; index < Math.min(open.length, leavesMax); index += 1) {
    const one = open[index];
    if (one === undefined) break;
    if (isList(one.value)) lists.push(one.keys);
    else if (typeof one.value === 'number') numbers.push(one.keys);
    else if (typeof one.value === 'object' && one.value !== null && one.keys.length < depthMax)
      for (const [key, inner] of Object.entries(one.value))
        open.push({ keys: [...one.keys, key], value: inner });
  }
  return [...lists, ...numbers];
}
