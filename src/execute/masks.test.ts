import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFinder, placesIn } from '../model/finder.js';
import { createMasks } from './masks.js';
import { createSessions } from './sessions.js';
import { spellings } from './spellings.js';

const masksOf = (sessions = createSessions(), secrets: readonly string[] = []) =>
  createMasks(secrets, false, sessions);

function searched(text: string, words: readonly string[]): readonly (readonly [number, string])[] {
  const found: (readonly [number, string])[] = [];
  for (let from = 0; from < text.length;) {
    const [longest] = words
      .filter((one) => text.startsWith(one, from))
      .toSorted((a, b) => b.length - a.length);
    if (longest !== undefined) found.push([from, longest]);
    from += longest?.length ?? 1;
  }
  return found;
}

describe('known texts are found', () => {
  it('as a search for each of them would, the longest first', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 9 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 80 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 8 }), text, (words, within) => {
        const finder = createFinder();
        for (const one of words) finder.add(one, one);
        expect(placesIn(within, [finder]).map(({ from, id }) => [from, id])).toEqual(searched(within, words));
      }),
    );
  });
});

describe('an id in a text', () => {
  it.each(['an "id"\\with\nmore', 'id/with?query&words', 'c\u00e4f\u00e9-session'])(
    'is hidden in each of its spellings: %s',
    (id) => {
      const masks = masksOf();
      masks.name(id, 'session alice');
      for (const spelled of spellings(id)) expect(masks.hide(`[${spelled}]`)).toBe('[«session alice»]');
    },
  );

  it('is told from a longer one that begins alike', () => {
    const masks = masksOf();
    masks.name('session-1', 'session alice');
    masks.name('session-12', 'session bob');
    expect(masks.hide('session-12, session-1')).toBe('«session bob», «session alice»');
    expect(masks.mentioned('session-12')).toEqual(['«session bob»']);
    expect(masks.mentioned('session-123')).toEqual([]);
    expect(masks.mentioned('a line\\nsession-1')).toEqual(['«session alice»']);
  });

  it('of another check has the number of its session in the run', () => {
    const sessions = createSessions();
    masksOf(sessions).name('a123456789', 'session alice');
    sessions.issue('abcdefghij');
    sessions.issue('a123456789');
    const masks = masksOf(sessions);
    expect(masks.mentioned('{"ids":["a123456789"]}')).toEqual(['«session 2 of the run»']);
    expect(masks.hide('x=a123456789')).toBe('x=«session 2 of the run»');
    masks.name('abcdefghij', 'session bob');
    expect(masks.numbers()).toEqual({ '«session 2 of the run»': 2, '«session bob»': 1 });
  });

  it('is left where it is a short number, which JSON may have as a number', () => {
    const masks = masksOf();
    masks.name('187001', 'session alice');
    expect(masks.hide('{"id":187001}')).toBe('{"id":187001}');
    expect(masks.idField('187001')).toBe('«session alice»');
  });

  it('stays where ids are to be shown, and secrets do not', () => {
    const masks = createMasks(['hunter2hunter2'], true, createSessions());
    masks.name('a123456789', 'session alice');
    expect(masks.hide('a123456789 hunter2hunter2')).toBe('a123456789 «secret»');
    expect(masks.mentioned('a123456789')).toEqual(['«session alice»']);
  });
});
