import type { Json, Probe } from '../../model/facts.js';
import { isObject, type JsonObject } from '../../model/json.js';
import type { Property, Tool } from './listed.js';
import { wordsOf } from './words.js';

export function callOf(name: string, args: JsonObject): Probe {
  return { method: 'tools/call', params: { name, arguments: args } };
}

/** Asks for progress under a token that only this call has. */
export function withProgress({ method, params }: Probe): Probe {
  return { method, params: { ...(isObject(params) && params), _meta: { progressToken: '${nonce}' } } };
}

/** The same without that token. */
export function plainOf({ method, params }: Probe): Probe {
  if (!isObject(params)) return { method };
  const { _meta: _, ...rest } = params;
  return { method, params: rest };
}

/** A call with everything that the tool requires, and what is given; undefined where something cannot be made up. */
export function madeUp(tool: Tool, given: JsonObject = {}, text = '${nonce}'): Probe | undefined {
  if (missing(tool, given) !== undefined) return undefined;
  const required = tool.properties.filter(
    ({ name, isRequired }) => isRequired && !Object.hasOwn(given, name),
  );
  const filled = required.map((property) => [property.name, valueOf(property, text)] as const);
  return callOf(tool.name, { ...Object.fromEntries(filled), ...given });
}

/** The first argument that nobody can make up. */
export function missing({ properties }: Tool, given: JsonObject = {}): string | undefined {
  const needed = properties.filter(({ name, isRequired }) => isRequired && !Object.hasOwn(given, name));
  return needed.find((property) => !canBeMadeUp(property))?.name;
}

function canBeMadeUp({ name, kind, choices }: Property): boolean {
  if (choices.length > 0) return true;
  if (kind === 'text') return !wordsOf(name).some((word) => pointing.has(word));
  return kind !== 'other';
}

/** Texts that name something outside, or that are more than a text to the tool. */
const pointing: ReadonlySet<string> = new Set(
  'to cc bcc email url uri path file filename dir directory folder host hostname port command cmd query sql code script user username token password secret amount channel recipient address repo repository branch phone account date expression'.split(
    ' ',
  ),
);

function valueOf(property: Property, text: string): Json {
  const { kind, choices } = property;
  const [choice] = choices;
  if (choice !== undefined) return choice;
  if (kind === 'number') return clamped(1, property);
  return kind === 'flag' ? false : text;
}

export function clamped(
  value: number,
  { minimum = -Infinity, maximum = Infinity, isInteger }: Pick<Property, 'minimum' | 'maximum' | 'isInteger'>,
): number {
  const within = Math.min(Math.max(value, minimum), maximum);
  return isInteger ? Math.ceil(within) : within;
}
