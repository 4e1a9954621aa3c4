import { expect, test } from 'vitest';
import { LinearSystem, addRows, unitRow } from './gf2.js';

/** Unknowns 0 to 127, each equation the sum of an unknown and the one after it. */
function chain(): LinearSystem {
  const system = new LinearSystem();
  for (let unknown = 0; unknown < 127; unknown += 1) {
    system.add(addRows(unitRow(unknown), unitRow(unknown + 1)), unknown % 2);
  }
  return system;
}

test('one equation too few gives no solution', () => {
  expect(chain().solution()).toBeUndefined();
});

test('128 independent equations give the solution', () => {
  const system = chain();
  expect(system.add(unitRow(127), 1)).toBe(true);
  // Backwards from unknown 127: the sums are 0 1 0 1 ..., so the values come as 1 1 0 0 1 1 0 0 ...
  expect(system.solution()).toEqual(Array.from({ length: 4 }, () => 0x33333333));
});

test('an equation that follows from the others is accepted, its opposite is not', () => {
  const system = chain();
  const row = addRows(unitRow(3), unitRow(5));
  expect(system.add(row, 1)).toBe(true);
  expect(system.add(row, 0)).toBe(false);
});
