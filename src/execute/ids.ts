import { idsNamed } from '../model/session-id.js';
import type { Change, GeneratedForm, SessionChoice } from '../model/session-choice.js';
import { nodeOf, type Live, type CheckRun } from './check-run.js';
import type { ValueOf } from '../model/template.js';
import { draw, hexDigits } from './random.js';
import { filledLine } from './values.js';

/** Why a request cannot be made as it is meant: its id could be one that was issued, or there is none. */
export class Unalterable extends Error {}

/** The session ids that a request carries, raw; each is known to the masks afterwards. Throws `Unalterable`. */
export function chosenIds(
  choice: SessionChoice,
  own: string | undefined,
  run: CheckRun,
  valueOf: ValueOf,
): readonly string[] {
  switch (choice.kind) {
    case 'own':
      return own === undefined ? [] : [own];
    case 'none':
      return [];
    case 'text':
      return [filledLine(choice.text, valueOf)];
    case 'of': {
      const issued = run.actors.get(choice.actor)?.session;
      if (issued === undefined) return [];
      if (choice.changed === undefined) return [issued];
      return [changedId(issued, choice.changed, choice.actor, run)];
    }
    case 'generated':
      return [generatedId(choice.how, run)];
    case 'named-by': {
      const refused = find(run, choice.step);
      if (refused !== undefined && run.deps.meets({ result: true }, refused.record()))
        throw new Unalterable(`${choice.step} was served, so its answer refuses nothing`);
      const [named] = refused === undefined ? [] : namedIn(refused, run);
      if (named === undefined) throw new Unalterable(`the answer to ${choice.step} names no id`);
      return [named];
    }
    case 'sent-by':
      return find(run, choice.step)?.carried ?? [];
    case 'several': {
      const ids = choice.of.flatMap((part) => chosenIds(part, own, run, valueOf));
      return choice.joined === undefined ? ids : [ids.join(choice.joined)];
    }
  }
}

/** An id that was issued, altered so that it was not. Throws `Unalterable`. */
export function changedId(id: string, how: Change, of: string, { random, masks }: CheckRun): string {
  if (id.length < alterableLength)
    throw new Unalterable('the id is so short that an altered one could be the id of another session');
  const changed = changeId[how](id, random);
  if (changed === id) throw new Unalterable('altering the id in this way leaves it as it is');
  masks.name(changed, `${how} id of ${of}`);
  return changed;
}

/** An id of our own making. */
export function generatedId(how: GeneratedForm, { random, masks }: CheckRun): string {
  const made = makeId[how](random);
  masks.name(made, `made ${how}`);
  return made;
}

function find({ lives }: CheckRun, step: string): Live | undefined {
  return lives.findLast(({ of }) => of.name === step);
}

/** The session ids that the reply to a request names, raw. */
export function namedIn({ call, node }: Pick<Live, 'call' | 'node'>, run: CheckRun): readonly string[] {
  return idsNamed(call.snapshot(), nodeOf(run, node).carrier.idPlace);
}

const alterableLength = 8;

const makeId: Readonly<Record<GeneratedForm, (random: () => number) => string>> = {
  uuid: (random) => {
    const hex = draw(random, hexDigits, 32);
    const variant = '89ab'[Math.floor(random() * 4)] ?? '8';
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  },
  hex32: (random) => draw(random, hexDigits, 32),
  short: (random) => draw(random, 'abcdefghjkmnpqrstuvwxyz', 7),
  long: (random) => draw(random, hexDigits, 8192),
};

const changeId: Readonly<Record<Change, (id: string, random: () => number) => string>> = {
  'same-form': (id, random) => mutate(id, random),
  truncated: (id) => id.slice(0, -1),
  'first-half': (id) => id.slice(0, id.length >> 1),
  'first-eight': (id) => id.slice(0, 8),
  extended: (id) => `${id}0`,
  prefixed: (id) => `0${id}`,
  'case-flipped': flipCase,
  'case-swapped': (id) => {
    if (!/[a-z]/.test(id) || !/[A-Z]/.test(id))
      throw new Unalterable('the letters of the id are of one case, so that case need not tell ids apart');
    return flipCase(id);
  },
  'look-alike': (id) => swapLookAlike(id),
  unhyphenated: (id) => id.replaceAll('-', ''),
  'spaced-inside': (id) => `${id.slice(0, id.length >> 1)} ${id.slice(id.length >> 1)}`,
};

function flipCase(id: string): string {
  return Array.from(id)
    .map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()))
    .join('');
}

/**
 * Another id of the same form: length, separators and the class of each character kept, and the leading half with its prefix,
 * version digit and the like. Only such an id finds a server that checks the form alone.
 */
function mutate(id: string, random: () => number): string {
  const from = id.length >> 1;
  const hex = /^[0-9a-f-]*$/i.test(id.slice(from));
  const other = (char: string, alphabet: string) => draw(random, alphabet.replace(char, ''), 1);
  return Array.from(id)
    .map((char, index) => {
      // In a UUID the variant digit stands at 19, before the last twelve.
      if (index < from || (index === 19 && id.length === 36)) return char;
      if (/[0-9]/.test(char)) return other(char, '0123456789');
      if (/[a-z]/.test(char)) return other(char, hex ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz');
      if (/[A-Z]/.test(char)) return other(char, hex ? 'ABCDEF' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
      return char;
    })
    .join('');
}

/**
 * One character exchanged for another that looks like it and, to a careless comparison, is the same. It stands in the second half,
 * so that it is no matter of chance whether a comparison of the beginning sees it; what would leave a UUID a UUID comes last.
 */
function swapLookAlike(id: string): string {
  const pairs = [
    ['0', 'O'],
    ['1', 'l'],
    ['5', 'S'],
    ['-', '_'],
    ['e', '\u00e9'],
    ['a', '\u00e4'],
    ['b', '6'],
  ] as const;
  const half = id.length >> 1;
  const [start, rest] = [id.slice(0, half), id.slice(half)];
  for (const [from, to] of pairs) if (rest.includes(from)) return start + rest.replace(from, to);
  return `${id.slice(0, -1)}\u00b7`;
}
