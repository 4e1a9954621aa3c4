import type { Json } from './request.js';
import { isList, isObject, type JsonObject } from './json.js';

const fieldsMax = 50;

/** A form that a server sends, filled in with a word wherever a text may stand. */
export function filledForm(schema: Json | undefined, word: string): JsonObject {
  const properties =
    isObject(schema) && isObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  return Object.fromEntries(
    properties
      .slice(0, fieldsMax)
      .map(([name, field]) => [name, fieldValue(isObject(field) ? field : {}, word)]),
  );
}

function fieldValue(field: JsonObject, word: string): Json {
  const [choice] = choicesOf(field);
  if (choice !== undefined) return choice;
  const { type } = field;
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return numberWithin(field);
  if (type === 'array') return choicesOf(isObject(field['items']) ? field['items'] : {}).slice(0, 1);
  return textWithin(field, word);
}

/** What may stand there, where only some values may. */
function choicesOf(field: JsonObject): readonly Json[] {
  if (isList(field['enum'])) return field['enum'];
  const titled = [field['oneOf'], field['anyOf']].find((one) => isList(one));
  return isList(titled) ? titled.flatMap((one) => (isObject(one) ? (one['const'] ?? []) : [])) : [];
}

function numberWithin({ minimum, maximum }: JsonObject): number {
  const least = typeof minimum === 'number' ? Math.ceil(minimum) : -Infinity;
  const most = typeof maximum === 'number' ? Math.floor(maximum) : Infinity;
  return Math.min(Math.max(1, least), most);
}

const formats: Readonly<Record<string, (word: string) => string>> = {
  email: (word) => `${word}@example.org`,
  uri: (word) => `https://example.org/${word}`,
  date: () => '2025-11-25',
  'date-time': () => '2025-11-25T12:00:00Z',
};

/** A form that wants a longer text than this is not filled in as it wants. */
const lengthMax = 1_000;

function textWithin({ format, minLength, maxLength }: JsonObject, word: string): string {
  const spelled =
    typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format]?.(word) : undefined;
  if (spelled !== undefined) return spelled;
  const long = typeof minLength === 'number' ? word.padEnd(Math.min(minLength, lengthMax), 'x') : word;
  return typeof maxLength === 'number' ? long.slice(0, Math.max(0, maxLength)) : long;
}
