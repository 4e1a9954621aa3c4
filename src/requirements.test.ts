import { describe, expect, it } from 'vitest';
import { loadCatalogue } from './load/index.js';

const { suites, requirements } = loadCatalogue();
const used = new Set(suites.flatMap(({ checks }) => checks).flatMap(({ requirement }) => requirement.keys));

describe('every statement that binds servers', () => {
  it.each(requirements.map(({ key, excluded }) => [key, excluded] as const))(
    '%s is examined or excluded with a reason',
    (key, excluded) => {
      expect(used.has(key)).toBe(excluded === undefined);
    },
  );

  it('has one entry', () => {
    expect(new Set(requirements.map(({ key }) => key)).size).toBe(requirements.length);
  });
});

it('every key that a check names is a statement', () => {
  const known = new Set(requirements.map(({ key }) => key));
  expect([...used].filter((key) => !known.has(key))).toEqual([]);
});
