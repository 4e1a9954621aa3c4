import type { Json } from '../../model/request.js';
import { idWords, type IdAt } from '../../model/handle.js';
import { isList, isObject, parseJson } from '../../model/json.js';
import { wordsOf } from './words.js';

type Keys = IdAt['keys'];

/** Where in the result of a tool the id may stand of what it made, the likeliest place first. */
export function placesOfId(result: Json | undefined, noun: string): readonly IdAt[] {
  if (!isObject(result)) return [];
  const structured = under(result['structuredContent'] ?? null, noun, ['structuredContent']);
  const texts = isList(result['content']) ? result['content'] : [];
  const said = texts.flatMap((item, index): readonly IdAt[] => {
    const text = isObject(item) ? item['text'] : undefined;
    if (typeof text !== 'string') return [];
    const keys = ['content', index, 'text'];
    const json = parseJson(text);
    if (isObject(json)) return under(json, noun, []).map((at) => ({ keys, json: at.keys }));
    if (!/\s/.test(text.trim())) return [{ keys }];
    return idWords(text).map((_, word) => ({ keys, word }));
  });
  return [...structured, ...said];
}

/** Not deeper than an object in an object. */
const depthMax = 2;

/** What is named as an id; the one that is named after the thing first. */
function under(value: Json, noun: string, keys: Keys): readonly IdAt[] {
  const found = namedIn(value, keys, depthMax);
  const isOwn = ({ keys: at }: IdAt) =>
    at.some((key) => typeof key === 'string' && noun !== '' && wordsOf(key).includes(noun));
  return found.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

function namedIn(value: Json, keys: Keys, depth: number): readonly IdAt[] {
  if (!isObject(value) || depth < 0) return [];
  return Object.entries(value).flatMap(([key, item]): readonly IdAt[] => {
    if (isObject(item)) return namedIn(item, [...keys, key], depth - 1);
    const last = wordsOf(key).at(-1) ?? '';
    const isId =
      /^(?:id|handle|ref|identifier|token|key|ticket)$/.test(last) || Object.keys(value).length === 1;
    return isId && (typeof item === 'string' || typeof item === 'number') ? [{ keys: [...keys, key] }] : [];
  });
}
