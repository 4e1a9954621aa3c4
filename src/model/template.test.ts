import { expect, it } from 'vitest';
import { filled, filledJson, from, mentionsIn, namesIn, onlyName, partsAround } from './template.js';

const values = from({ i: '3', list: [1, 'a'], zero: 0, none: null });

it.each([
  ['x-${i}-${i}', 'x-3-3'],
  ['${list} ${zero} ${none}', '[1,"a"] 0 null'],
  ['${unknown} ${constructor} ${}', '${unknown} ${constructor} ${}'],
  ['$${i} {i} ${i', '$3 {i} ${i'],
])('%s becomes %s', (text, wanted) => {
  expect(filled(text, values)).toBe(wanted);
});

it('a text that is nothing but a name takes the type of the value', () => {
  expect(filledJson({ a: '${list}', b: ['${zero}', '${none}'], '${i}': ' ${zero}' }, values)).toEqual({
    a: [1, 'a'],
    b: [0, null],
    '${i}': ' 0',
  });
});

it('what is filled in is not looked at again', () => {
  expect(filled('${a}', from({ a: '${b}', b: 'no' }))).toBe('${b}');
});

it('names are found where they stand', () => {
  expect(namesIn('${a}-${b}')).toEqual(['a', 'b']);
  expect([onlyName('${a}'), onlyName('${a} '), onlyName('a')]).toEqual(['a', undefined, undefined]);
  expect(partsAround('x-${a}-y')).toEqual(['x-', '-y']);
  expect(mentionsIn({ a: ['${b}'], '${c}': 1 }, ['at'])).toEqual([{ name: 'b', at: ['at', 'a', 0] }]);
});
