import { expect, test } from 'vitest';
import { cachedWithin } from './cached.js';

test('what costs too much together is worked on again, the oldest first', () => {
  const made: string[] = [];
  const lengthOf = cachedWithin(
    10,
    ({ text }: { readonly text: string }) => text.length,
    ({ text }) => made.push(text),
  );
  const [four, five, six] = [{ text: 'four' }, { text: 'fives' }, { text: 'sixsix' }];
  for (const one of [four, five, four, five]) lengthOf(one);
  expect(made).toEqual(['four', 'fives']);
  for (const one of [six, six, four]) lengthOf(one);
  expect(made).toEqual(['four', 'fives', 'sixsix', 'four']);
});

test('what costs too much alone is made all the same, each time', () => {
  let times = 0;
  const made = cachedWithin(
    1,
    () => 2,
    () => (times += 1),
  );
  const key = {};
  expect([made(key), made(key)]).toEqual([1, 2]);
});
