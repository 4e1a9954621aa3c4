import { expect, test } from 'vitest';
import { stepOfCall } from './generator.js';
import { observe } from './observe.js';
import { placesOf } from './schedule.js';

test('a block is handed out from its end', () => {
  expect([0, 1, 63, 64, 127, 128].map(stepOfCall)).toEqual([63, 62, 0, 127, 64, 191]);
});

test('ids across two blocks are in the order the generator made them', () => {
  const places = placesOf(observe(['first', 'second', 'third']), { firstCall: 61, callsPerId: 2 });
  expect(places.map(({ id, step }) => [id, step])).toEqual([
    ['second', 0],
    ['first', 2],
    ['third', 126],
  ]);
});
