import type { Json, Probe } from '../../model/request.js';
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
export function madeUp(tool: Tool, given: JsonObject = {}, text = '${nonce}', turn = 0): Probe | undefined {
  if (missing(tool, given) !== undefined) return undefined;
  const required = tool.properties.filter(
    ({ name, isRequired }) => isRequired && !Object.hasOwn(given, name),
  );
  const filled = required.map((property) => [property.name, valueOf(property, text, turn)] as const);
  return callOf(tool.name, { ...Object.fromEntries(filled), ...given });
}

/** The first argument that nobody can make up. A text that names something outside is none of ours to give, even where it is not required. */
export function missing({ properties }: Tool, given: JsonObject = {}): string | undefined {
  const isGiven = ({ name }: Property) => Object.hasOwn(given, name);
  const lacking = properties.find(
    (property) =>
      (isGiven(property) && namesOutside(property)) ||
      (property.isRequired && !isGiven(property) && !canBeMadeUp(property)),
  );
  return lacking?.name;
}

function canBeMadeUp(property: Property): boolean {
  const { choices, kind, sample } = property;
  return choices.length > 0 || ((kind !== 'other' || sample !== undefined) && !namesOutside(property));
}

function namesOutside({ name, kind, sample }: Property): boolean {
  return (
    (kind === 'text' || kind === 'texts' || sample !== undefined) &&
    wordsOf(name).some((word) => pointing.has(word) || pointing.has(word.replace(/s$/, '')))
  );
}

/** Texts that name something outside, or that are more than a text to the tool. */
const pointing: ReadonlySet<string> = new Set(
  'to cc bcc email url uri path file filename dir directory folder host hostname port command cmd query sql code script user username token password secret amount channel recipient address repo repository branch phone account date expression'.split(
    ' ',
  ),
);

/** The first of several choices may not go with the other arguments; with another turn comes another. */
function valueOf(property: Property, text: string, turn: number): Json {
  const { kind, choices } = property;
  const choice = choices[turn % choices.length];
  if (choice !== undefined) return choice;
  if (property.sample !== undefined) return property.sample;
  if (kind === 'texts') return Array.from({ length: Math.min(property.least ?? 1, textsMax) }, () => text);
  if (kind === 'number') return clamped(1 + turn, property);
  return kind === 'flag' ? false : text;
}

/** What takes more at least is given too few, and may refuse. */
const textsMax = 20;

export function clamped(
  value: number,
  { minimum = -Infinity, maximum = Infinity, isInteger }: Pick<Property, 'minimum' | 'maximum' | 'isInteger'>,
): number {
  const within = Math.min(Math.max(value, minimum), maximum);
  return isInteger ? Math.ceil(within) : within;
}
