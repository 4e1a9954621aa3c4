import type { StateProbe } from '../../model/request.js';
import { isObject } from '../../model/json.js';
import { mark } from '../../model/probe.js';
import { callOf, madeUp } from './arguments.js';
import type { Property, Tool } from './listed.js';
import { about, speaksOf, wordsOf } from './words.js';

/** What is written carries a mark before its nonce. */
export const markedNonce = `${mark}\${nonce}`;

/** Tools that count their calls, alone or with one that reads the count. */
export function counters(tools: readonly Tool[]): readonly StateProbe[] {
  const readers = tools.filter(
    (tool) =>
      !countsUp(tool) && isReader(tool) && speaksOf(tool.nameWords, 'counting') && madeUp(tool) !== undefined,
  );
  return tools
    .filter(countsUp)
    .flatMap((tool) => madeUp(tool) ?? [])
    .flatMap((write) =>
      [write, ...readers.map(({ name }) => callOf(name, {}))].map((read) => ({
        write,
        read,
        shows: 'number' as const,
      })),
    );
}

export function countsUp(tool: Tool): boolean {
  const { nameWords, properties, isReadOnly } = tool;
  if (isReadOnly || properties.some(({ isRequired, kind }) => isRequired && kind !== 'number')) return false;
  if (speaksOf(nameWords, 'untilNothing')) return false;
  const isUp = nameWords.some((word) => /^(?:incr|bump|tally|tick$|hits?$)/.test(word));
  return isUp || (speaksOf(nameWords, 'counting') && !isReader(tool));
}

/** It needs nothing, it is named as a counter, and its own answer is what is read: such a tool can hardly mean anything else. */
export function isCounterAlone({ write, read }: StateProbe): boolean {
  const { params } = write;
  if (!isObject(params) || typeof params['name'] !== 'string' || !isObject(params['arguments'])) return false;
  const words = wordsOf(params['name']);
  return (
    JSON.stringify(read) === JSON.stringify(write) &&
    Object.keys(params['arguments']).length === 0 &&
    words.some((word) => /^(?:incr|counter$)/.test(word))
  );
}

/** `count` reads, where nothing says that it counts on. */
function isReader({ nameWords }: Tool): boolean {
  return nameWords.some((word) => about.reading.test(word) || word === 'value');
}

/** A tool that keeps a word with one that shows it, by their names and what they say: the pairs that fit best first. */
export function statePairs(listed: readonly Tool[]): readonly StateProbe[] {
  const tools = listed.filter(({ words }) => !speaksOf(words, 'common'));
  const writers = tools.filter(isWriter);
  const pairs = writers.flatMap((writer) =>
    tools.flatMap((reader) => {
      const [fit, probe] = [fitOf(writer, reader), pairOf(writer, reader)];
      return fit > 0 && probe !== undefined ? [{ fit, probe }] : [];
    }),
  );
  const names = new Set(tools.map(({ name }) => name));
  const wellKnown = known.filter(({ write, read }) => names.has(write.name) && names.has(read));
  return [
    ...wellKnown.map(({ write, read }) => ({
      write: callOf(write.name, write.takes),
      read: callOf(read, {}),
      shows: 'marks' as const,
    })),
    ...pairs
      .toSorted((a, b) => b.fit - a.fit)
      .filter(
        ({ probe }) =>
          !wellKnown.some(({ write }) => JSON.stringify(probe.write).includes(`"${write.name}"`)),
      )
      .map(({ probe }) => probe),
  ];
}

/** Of the brief's servers, which need not say what they take. */
const known = [
  { write: { name: 'notebook_append', takes: { text: markedNonce } }, read: 'notebook_read' },
  { write: { name: 'hashcheck_store', takes: { key: markedNonce, text: 'x' } }, read: 'hashcheck_list' },
];

function isWriter({ words, nameWords, properties, isReadOnly }: Tool): boolean {
  const texts = textsOf(properties);
  if (isReadOnly || texts.length === 0) return false;
  const keeps = [...words, ...texts.flatMap(({ name }) => wordsOf(name))];
  const writes = speaksOf(nameWords, 'writing') || speaksOf(words, 'writing');
  return (
    writes &&
    !isNamedReader(nameWords) &&
    (speaksOf(keeps, 'keeping') ||
      speaksOf(keeps, 'remembering') ||
      (speaksOf(keeps, 'things') && speaksOf(words, 'owning')))
  );
}

/** What is added to a list is no reading of it. */
function isNamedReader(nameWords: readonly string[]): boolean {
  const [first = ''] = nameWords;
  if (about.reading.test(first)) return true;
  return speaksOf(nameWords, 'reading') && !nameWords.some((word) => adding.has(word));
}

const adding: ReadonlySet<string> = new Set([
  'add',
  'append',
  'put',
  'insert',
  'set',
  'save',
  'store',
  'write',
]);

function textsOf(properties: readonly Property[]): readonly Property[] {
  const texts = properties.filter(({ kind, choices }) => kind === 'text' && choices.length === 0);
  return texts.some(({ isRequired }) => isRequired)
    ? texts.filter(({ isRequired }) => isRequired)
    : texts.slice(0, 1);
}

/** How well two tools go together; 0 where they do not. */
function fitOf(writer: Tool, reader: Tool): number {
  if (writer === reader || !(speaksOf(reader.words, 'reading') || speaksOf(reader.words, 'remembering')))
    return 0;
  const isVerbPair = verbPairs.some(
    ([writes, reads]) =>
      writer.nameWords.some((word) => writes.includes(word)) &&
      reader.nameWords.some((word) => reads.includes(word)),
  );
  const byName = shared(writer.nameWords, reader.nameWords);
  const isAbout = speaksOf(reader.words, 'keeping') || speaksOf(reader.words, 'remembering');
  const byWords = isAbout && shared(kept(writer.words), kept(reader.words));
  return 4 * Number(byName && isVerbPair) + 2 * Number(byName) + 2 * Number(isVerbPair) + Number(byWords);
}

/** Whether two lists of words speak of the same thing, besides what is done with it. */
export function shared(one: readonly string[], other: readonly string[]): boolean {
  const stems = new Set(stemsOf(one));
  return stemsOf(other).some((stem) => stems.has(stem));
}

function stemsOf(words: readonly string[]): readonly string[] {
  return words
    .filter((word) => word.length > 2 && !about.writing.test(word) && !about.reading.test(word))
    .map((word) => word.replace(/s$/, ''));
}

function kept(words: readonly string[]): readonly string[] {
  return words.filter((word) => about.keeping.test(word) || about.remembering.test(word));
}

/** What is read by these was written by those. */
const verbPairs: readonly (readonly [writes: readonly string[], reads: readonly string[]])[] = [
  [
    ['remember', 'memorize', 'keep', 'note', 'jot'],
    ['recall', 'read', 'show'],
  ],
  [
    ['set', 'put', 'store', 'save', 'write', 'append', 'add', 'record', 'down'],
    ['get', 'read', 'retrieve', 'list', 'fetch', 'load', 'show', 'view'],
  ],
];

/** A key is the same in both calls; whatever else the writer takes is the word. */
function pairOf(writer: Tool, reader: Tool): StateProbe | undefined {
  const texts = textsOf(writer.properties);
  const keys = new Set(
    reader.properties.filter(({ isRequired, kind }) => isRequired && kind === 'text').map(({ name }) => name),
  );
  const values = texts.filter(({ name }) => !keys.has(name));
  if (values.length === 0 || reader.properties.some(({ name, isRequired }) => isRequired && !keys.has(name)))
    return undefined;
  const same = Object.fromEntries([...keys].map((name) => [name, keyName]));
  const given = Object.fromEntries(texts.map(({ name }) => [name, keys.has(name) ? keyName : markedNonce]));
  const write = madeUp(writer, given, markedNonce);
  if (write === undefined || [...keys].some((name) => !texts.some((text) => text.name === name)))
    return undefined;
  return { write, read: callOf(reader.name, same), shows: 'marks' };
}

/** Under this name we keep things, where they have names. */
export const keyName = 'sessionspec';
