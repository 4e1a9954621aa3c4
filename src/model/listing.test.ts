import { expect, it } from 'vitest';
import { dependenceOf, type Dependence, type Listing } from './listing.js';

const all: readonly Dependence[] = ['session-id', 'client-name', 'before', 'connection'];

/** Lists one after the other: what is listed, on which connection, and behind which method. */
function listings(...each: readonly (readonly [content: string, connection: string, before?: string])[]) {
  return each.map(([sorted, connection, before = 'tools/list']): Listing => ({
    // What was sent and came plays no part here.
    exchange: Object.create(null),
    of: 'tools/list',
    content: sorted,
    sorted,
    by: { connection, before, 'session-id': '', 'client-name': '' },
  }));
}

const repeated = <T>(times: number, each: readonly T[]): readonly T[] =>
  Array.from({ length: times }, () => each).flat();

it('finds nothing where the same is listed', () => {
  expect(dependenceOf(listings(['a', 'one'], ['a', 'other']), all)).toBeUndefined();
});

it('finds what the list comes back with', () => {
  const byConnection = listings(
    ...repeated(3, [
      ['a', 'one'],
      ['b', 'other'],
    ] as const),
  );
  expect(dependenceOf(byConnection, all)).toBe('connection');
  const behind = [
    ['a', 'one'],
    ['b', 'one', 'tools/call'],
  ] as const;
  expect(dependenceOf(listings(...repeated(3, behind)), all)).toBe('before');
});

it('blames nothing for a list that changed once, or that came back too seldom', () => {
  expect(dependenceOf(listings(['a', 'one'], ['a', 'one'], ['b', 'other'], ['b', 'other']), all)).toBe(
    'time',
  );
  expect(dependenceOf(listings(['a', 'one'], ['b', 'other'], ['a', 'one'], ['b', 'other']), all)).toBe(
    'time',
  );
});

it('blames nothing for a list that changes for everybody', () => {
  const clock = listings(
    ...repeated(4, [
      ['a', 'one'],
      ['a', 'other'],
      ['b', 'one'],
      ['b', 'other'],
    ] as const),
  );
  expect(dependenceOf(clock, all)).toBe('time');
});
