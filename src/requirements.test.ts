import { describe, expect, it } from 'vitest';
import { loadCatalogue } from './load/index.js';
import { revisions, type Revision } from './model/revision.js';

const { suites, requirements } = loadCatalogue();
const checks = suites.flatMap((suite) => suite.checks);
const examined = (key: string, revision: Revision) =>
  checks.some((check) => check.requirement.keys.includes(key) && check.revisions.includes(revision));

describe('every statement that binds servers', () => {
  const made = requirements.flatMap((requirement) =>
    revisions
      .filter((revision) => requirement.revisions[revision] !== undefined)
      .map((revision) => [requirement.key, revision, requirement] as const),
  );

  it.each(made)('%s of %s is examined or excluded with a reason', (key, revision, requirement) => {
    const because = requirement.excluded ?? requirement['excluded-in']?.[revision];
    expect(examined(key, revision)).toBe(because === undefined);
  });

  it('has one entry', () => {
    expect(new Set(requirements.map(({ key }) => key)).size).toBe(requirements.length);
  });
});

it('every key that a check names is a statement', () => {
  const known = new Set(requirements.map(({ key }) => key));
  const used = checks.flatMap(({ requirement }) => requirement.keys);
  expect(used.filter((key) => !known.has(key))).toEqual([]);
});
