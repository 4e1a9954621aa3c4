import type { CountAt } from '../../model/count.js';
import type { Probe } from '../../model/request.js';
import { isObject } from '../../model/json.js';
import { callOf, madeUp } from './arguments.js';
import type { Tool } from './listed.js';
import { about, speaksOf } from './words.js';
import { shared } from './pairs.js';

/** A call that may keep something for a session, in a few ways, and one that may show it. */
export interface KeptPair {
  readonly writes: readonly Probe[];
  readonly read: Probe;
  /** Texts of the calls that a reading may repeat. */
  readonly words: readonly string[];
  /** Where it shows it, if that is known. */
  readonly at?: CountAt['keys'];
}

/** So many choices of what a tool takes are tried. */
const turnsMax = 3;

/**
 * Two tools that both say that they are about their session, whatever the one takes: a choice, a number, a word. What is for all, or says
 * nothing of sessions, is left alone, since to share it is no mistake.
 */
export function keptPairs(listed: readonly Tool[]): readonly KeptPair[] {
  const tools = listed.filter(({ words, ofSession }) => ofSession && !speaksOf(words, 'common'));
  const readers = tools.filter(
    ({ isReadOnly, nameWords, properties }) =>
      (isReadOnly || nameWords.some((word) => about.reading.test(word))) &&
      !speaksOf(nameWords, 'writing') &&
      !properties.some(({ isRequired }) => isRequired),
  );
  const writers = tools
    .filter((tool) => !tool.isReadOnly && !readers.includes(tool))
    .toSorted((a, b) => Number(b.properties.length > 0) - Number(a.properties.length > 0));
  return writers.flatMap((writer) => {
    const writes = waysOf(writer);
    if (writes.length === 0) return [];
    return readers
      .filter((reader) => shared(writer.words, reader.words))
      .toSorted((a, b) => Number(sharesName(writer, b)) - Number(sharesName(writer, a)))
      .slice(0, 1)
      .map(({ name }) => ({ writes, read: callOf(name, {}), words: textsIn(writes) }));
  });
}

function sharesName(writer: Tool, reader: Tool): boolean {
  return shared(writer.nameWords, reader.nameWords);
}

function waysOf(tool: Tool): readonly Probe[] {
  const ways = Array.from({ length: turnsMax }, (_, turn) => madeUp(tool, {}, '${nonce}', turn) ?? []).flat();
  const written = ways.map((way) => JSON.stringify(way));
  return ways.filter((_, index) => written.indexOf(written[index] ?? '') === index);
}

function textsIn(writes: readonly Probe[]): readonly string[] {
  return writes
    .flatMap(({ params }) => {
      const args = isObject(params) ? params['arguments'] : undefined;
      return isObject(args)
        ? Object.values(args).filter((value) => typeof value === 'string' && value.length > 1)
        : [];
    })
    .filter((value) => typeof value === 'string');
}
