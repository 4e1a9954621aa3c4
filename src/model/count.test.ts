import { expect, it } from 'vitest';
import { countIn, placesOfCount } from './count.js';
import type { Json } from './request.js';

const said = (text: string, structuredContent: Json = {}): Json => ({
  content: [{ type: 'text', text }],
  structuredContent,
});
const text = ['content', 0, 'text'];

it.each<[string, Json, Parameters<typeof countIn>[1], number | undefined]>([
  ['the first number of the text, where nothing else is known', said('3 notes'), undefined, 3],
  [
    'the length of a list',
    said('', { notes: ['a', 'b'] }),
    { keys: ['structuredContent', 'notes'], by: 1 },
    2,
  ],
  ['a sum', said('', { total: 7.5 }), { keys: ['structuredContent', 'total'], by: 2.5 }, 3],
  ['a list in the text', said('{"notes":["a"]}'), { keys: text, json: ['notes'], by: 1 }, 1],
  ['what the text repeats', said('M13, M31, M13'), { keys: text, says: 'M13', by: 1 }, 2],
  [
    'nothing where there is none',
    said('none', {}),
    { keys: ['structuredContent', 'notes'], by: 1 },
    undefined,
  ],
])('a reading shows %s', (_, result, at, count) => {
  expect(countIn(result, at)).toBe(count);
});

it('lists come before numbers, what is structured before what the text says', () => {
  const places = placesOfCount(said('{"n":1}', { size: 1, inner: { notes: [] } }), ['M13']);
  expect(places).toEqual([
    { keys: ['structuredContent', 'inner', 'notes'] },
    { keys: ['structuredContent', 'size'] },
    { keys: text, json: ['n'] },
    { keys: text, says: 'M13' },
  ]);
});
