import type { Json } from '../../model/request.js';
import { isList, isObject, type JsonObject } from '../../model/json.js';
import { sampleOf } from './sample.js';
import { about, speaksOf, wordsOf } from './words.js';

/** A tool as it is listed. */
export interface Tool {
  readonly name: string;
  /** Of its name, and of its name, title and description together. */
  readonly nameWords: readonly string[];
  readonly words: readonly string[];
  /** It says that it sends its client log messages or progress. */
  readonly tells: boolean;
  /** It says that it takes its time. */
  readonly lasts: boolean;
  /** It says first that it reads, or works something out, and has no name of something that makes or writes. */
  readonly reads: boolean;
  /** It says that it is about what one session has. */
  readonly ofSession: boolean;
  /** It says that those who subscribed hear of it. */
  readonly updates: boolean;
  /** The word for the id that it says it returns, where it also says that what it names is gone within a day or with its session. */
  readonly lends?: string;
  readonly properties: readonly Property[];
  /** It says of itself that it only reads. */
  readonly isReadOnly: boolean;
  /** It says of itself that it only reads, and what it reads seems to be the server's own. */
  readonly isReader: boolean;
  /** It says of itself that it deals with what is outside. */
  readonly isOpen: boolean;
  /** It says of itself that it reads or destroys nothing, or has the name of something that reads. */
  readonly isHarmless: boolean;
  /** It can only be called as a task. */
  readonly isTask: boolean;
  /** It says that it is carried out as a task, or in a job. */
  readonly runsAsTask: boolean;
  /** It may be called as a task. */
  readonly takesTask: boolean;
}

/** An argument that a tool takes. */
export interface Property {
  readonly name: string;
  readonly isRequired: boolean;
  readonly isInteger: boolean;
  readonly kind: 'text' | 'number' | 'flag' | 'texts' | 'other';
  /** What may stand there, where only some values may. */
  readonly choices: readonly Json[];
  readonly describes: string;
  /** A text that its pattern takes. */
  readonly sample?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** How many texts it takes at least, of a list of them. */
  readonly least?: number;
}

/** What is known of the tools of a target. */
export interface Listing {
  readonly tools: readonly Tool[];
  /** Nothing was left out. */
  readonly isWhole: boolean;
}

export const toolsMax = 1_000;

export function readTools(listed: readonly Json[]): readonly Tool[] {
  return listed.slice(0, toolsMax).flatMap((tool) => (isObject(tool) ? readTool(tool) : []));
}

function readTool(tool: JsonObject): readonly Tool[] {
  const { name, title, description } = tool;
  if (typeof name !== 'string') return [];
  const annotations = isObject(tool['annotations']) ? tool['annotations'] : {};
  const execution = isObject(tool['execution']) ? tool['execution'] : {};
  const isReadOnly = annotations['readOnlyHint'] === true;
  const nameWords = wordsOf(name.slice(0, textMax));
  const [first = ''] = nameWords;
  const open = annotations['openWorldHint'];
  const said = [title, description].filter((text) => typeof text === 'string').join(' ');
  const words = [...nameWords, ...wordsOf(said.slice(0, textMax))];
  return [
    {
      name,
      nameWords,
      words,
      tells: telling.test(said.slice(0, textMax)),
      lasts: lasting.test(said.slice(0, textMax)),
      reads: readsFirst(description) && !speaksOf(nameWords, 'writing') && !speaksOf(nameWords, 'making'),
      ofSession: ofSession(said.slice(0, textMax)),
      updates: updating.test(said.slice(0, textMax)),
      ...lentBy(said.slice(0, textMax)),
      properties: propertiesOf(isObject(tool['inputSchema']) ? tool['inputSchema'] : {}),
      isReadOnly,
      isReader: isReadOnly && (open === false || (open === undefined && !speaksOf(words, 'outside'))),
      isOpen: open === true,
      isHarmless: isReadOnly || annotations['destructiveHint'] === false || about.reading.test(first),
      isTask: execution['taskSupport'] === 'required',
      runsAsTask: running.test(said.slice(0, textMax)),
      takesTask: execution['taskSupport'] === 'required' || execution['taskSupport'] === 'optional',
    },
  ];
}

const telling =
  /\b(?:log|logging|progress) (?:messages?|notifications?|lines?|updates?)\b|\breport(?:s|ing)? (?:its |the |on )?progress\b|\bwith progress\b|\bstream(?:s|ing)? (?:its|the|an?) (?:[a-z]+ )?logs?\b|\b(?:tells?|says?|reports?) how far\b/i;
const lasting =
  /\b(?!side\b)([a-z]{3,}) (?:by|after) \1\b|\b(?:takes?|taking|lasts?|runs? for|for) (?:[\w-]+ ){0,5}(?:seconds?|minutes?|moments?|while)\b|\btakes? (?:its|some|a long) time\b|\blong[- ]running\b|\b[\d.]+ ?(?:ms|milliseconds?|s|seconds?) (?:an?|per|each|every)\b/i;
const running =
  /\b(?:as|in|by) an? (?:[a-z-]+ )?(?:task|job)\b|\b(?:returns?|makes?|starts?|gives?) an? (?:[a-z-]+ )?task\b/i;
const updating =
  /\b(?:subscribers?|subscriptions?|subscribed)\b.*\b(?:told|tells?|notified|notif\w+|informed|hears?|updated?s?|gets?|receives?)\b|\b(?:notif|tell|inform|updat)\w*\b.*\b(?:subscribers?|subscriptions?|subscribed)\b/i;

function readsFirst(description: Json | undefined): boolean {
  const [first = ''] = typeof description === 'string' ? wordsOf(description.slice(0, textMax)) : [];
  return about.stating.test(first);
}

const returning =
  /\b(?:returns?|answers with|hands out) (?:its|an?|the)?(?: new)? ?((?:[a-z]+_)?(?:id|handle|ref|key|ticket|token))\b/i;
const passing =
  /\b(?:kept|keeps?|good|valid|stays?|lasts?|lives?|expires?|forgotten|held)\b[^.;]{0,60}\b(?:(?:\d{1,2}|an?|one|half an) (?:seconds?|minutes?|hours?)|(?:a|one) day|the session)\b/i;

function lentBy(said: string): Pick<Tool, 'lends'> {
  const lends = returning.exec(said)?.[1];
  return lends !== undefined && passing.test(said) ? { lends: lends.toLowerCase() } : {};
}

const oneSession =
  /\b(?:this|your|the|its|own|current|per|calling|caller's)[ -](?:mcp |client |own )?session\b|\bsession[ -](?:local|scoped|own)\b/i;

/** What speaks of sessions may be about all of them. */
function ofSession(said: string): boolean {
  return oneSession.test(said) && !/\bsessions\b/i.test(said);
}

/** What stands behind is not read. */
const textMax = 1_000;
const propertiesMax = 50;

function propertiesOf(schema: JsonObject): readonly Property[] {
  const required = isList(schema['required']) ? schema['required'] : [];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const names = new Set([...Object.keys(properties), ...required.filter((one) => typeof one === 'string')]);
  return [...names].slice(0, propertiesMax).map((name) => {
    const own = isObject(properties[name]) ? properties[name] : {};
    const bounds = boundsOf(own);
    return Object.assign(bounds, {
      name,
      isRequired: required.includes(name),
      isInteger: own['type'] === 'integer',
      kind: kindOf(name, own),
      ...(typeof own['minItems'] === 'number' && { least: own['minItems'] }),
      choices: isList(own['enum']) ? own['enum'] : 'const' in own ? [own['const'] ?? null] : [],
      ...sampleIn(own),
      describes: typeof own['description'] === 'string' ? own['description'].slice(0, textMax) : '',
    });
  });
}

function sampleIn({ type, format, pattern, minLength }: JsonObject): Pick<Property, 'sample'> {
  if (type !== 'string' || format !== undefined || typeof pattern !== 'string') return {};
  const sample = sampleOf(pattern);
  const isLong = sample !== undefined && sample.length >= (typeof minLength === 'number' ? minLength : 0);
  return isLong ? { sample } : {};
}

function boundsOf({ minimum, maximum }: JsonObject): Pick<Property, 'minimum' | 'maximum'> {
  return {
    ...(typeof minimum === 'number' && { minimum }),
    ...(typeof maximum === 'number' && { maximum }),
  };
}

/** What says nothing of its type is a text, unless it is named as a time. */
function kindOf(name: string, { type, format, pattern, items }: JsonObject): Property['kind'] {
  if (type === 'array') return isObject(items) && kindOf(name, items) === 'text' ? 'texts' : 'other';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'flag';
  if (type === undefined) return Object.hasOwn(durations, name) ? 'number' : 'text';
  return type === 'string' && format === undefined && pattern === undefined ? 'text' : 'other';
}

/** Names and units, in milliseconds, of arguments that are a duration. */
export const durations: Readonly<Record<string, number>> = {
  ms: 1,
  delayMs: 1,
  delay_ms: 1,
  durationMs: 1,
  duration_ms: 1,
  milliseconds: 1,
  seconds: 1000,
  duration: 1000,
};

/** Whether it reads like a deletion, or the end of something: such a tool is only called where it is described. */
export function deletes({ nameWords }: Pick<Tool, 'nameWords'>): boolean {
  return speaksOf(nameWords, 'deleting');
}
