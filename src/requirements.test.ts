import { describe, expect, it } from 'vitest';
import { loadControls } from './load/catalogue/controls.js';
import { loadCatalogue } from './load/index.js';
import { levels, sources, type Level } from './model/level.js';
import { revisions, sessionRevisions, type Revision } from './model/revision.js';

const { suites, profiles, requirements } = loadCatalogue();
const checks = [...suites.flatMap((suite) => suite.checks), ...suites.flatMap((suite) => suite.monitors)];
const named = (key: string) => requirements.find((requirement) => requirement.key === key);
const examined = (key: string, revision: Revision) =>
  [...checks, ...suites.flatMap((suite) => suite.monitors)].some(
    (check) => check.requirement.keys.includes(key) && check.revisions.includes(revision),
  );

describe('every statement that binds servers', () => {
  const made = requirements.flatMap((requirement) =>
    revisions
      .filter((revision) => requirement.levels?.[revision] !== undefined)
      .map((revision) => [requirement.key, revision, requirement] as const),
  );

  it.each(made)('%s of %s is examined or excluded with a reason', (key, revision, requirement) => {
    const because = requirement.excluded ?? requirement['excluded-in']?.[revision];
    expect(examined(key, revision)).toBe(because === undefined);
  });
});

describe('the registry', () => {
  it('has one entry for each key', () => {
    expect(new Set(requirements.map(({ key }) => key)).size).toBe(requirements.length);
  });

  it('uses the words of the model', () => {
    for (const { key, source, binds, levels: own = {} } of requirements) {
      expect(sources, key).toContain(source);
      expect(['server', 'client', 'both', 'definition'], key).toContain(binds);
      for (const level of Object.values(own)) expect(levels, key).toContain(level);
    }
  });

  it('says why and what to change for all that a server can violate', () => {
    const open = requirements.filter(
      ({ excluded, binds, levels: own }) =>
        excluded === undefined &&
        (binds === 'server' || binds === 'both') &&
        Object.values(own ?? { any: 'MUST' }).some((level) => level !== 'MAY'),
    );
    const leading = checks.flatMap(({ requirement }) => named(requirement.keys[0] ?? '') ?? []);
    for (const { key, why, fix } of [...open, ...leading]) {
      expect(why, key).toMatch(/^[A-Z"0-9].*\.$/);
      expect(fix, key).toMatch(/^[A-Z"0-9].*\.$/);
    }
  });

  it('has a sentence, and no word of a keyword in it, since the level stands beside it', () => {
    const examinable = requirements.filter(({ excluded }) => excluded === undefined);
    const wrong = examinable.filter(({ says }) => !/^(?!.*\b(MUST|SHOULD)\b)[A-Z0-9].*\.$/.test(says));
    expect(wrong).toEqual([]);
  });
});

describe('the controls of other standards', () => {
  const controls = loadControls();

  it('have an id with standard and version, a link and a sentence of our own', () => {
    expect(controls.length).toBeGreaterThan(2);
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    for (const { id, link, says } of controls) {
      expect(id).toMatch(/^OWASP AISVS v1\.0-C\d+\.\d+\.\d+$/);
      expect(link).toMatch(/^https:\/\//);
      expect(says).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('are named by the demands of checks, by keys of the registry', () => {
    for (const { id, keys } of controls) {
      expect(keys.filter((key) => named(key) === undefined)).toEqual([]);
      const bearing = checks.filter(({ requirement }) => requirement.controls?.includes(id));
      expect(bearing.length, id).toBeGreaterThan(0);
      for (const { requirement } of bearing)
        expect(requirement.keys.some((key) => keys.includes(key))).toBe(true);
    }
  });
});

const strength = (level: Level) => (level.startsWith('MUST') ? 2 : level.startsWith('SHOULD') ? 1 : 0);

it.each(checks.map((check) => [check.id, check] as const))(
  '%s weighs at most what the strongest keyword says that binds servers',
  (_, { requirement, revisions: own }) => {
    for (const revision of own) {
      const keywords = requirement.keys
        .flatMap((key) => named(key) ?? [])
        .filter(({ binds }) => binds === 'server' || binds === 'both')
        .map(({ levels: by }) => strength(by?.[revision] ?? 'none'));
      expect(strength(requirement.weights[revision].level)).toBeLessThanOrEqual(Math.max(0, ...keywords));
    }
  },
);

it('every check of the package draws from the registry', () => {
  for (const { id, requirement } of checks) {
    expect(requirement.keys, id).not.toEqual([]);
    for (const key of requirement.keys) expect(named(key), key).toBeDefined();
  }
});

it('the brief is known by its keys in the strict profiles, and in no other', () => {
  for (const profile of Object.values(profiles)) {
    const keys = Object.values(profile.answers).flatMap(({ requirement }) => requirement?.keys ?? []);
    expect(keys.length > 0).toBe(profile.source === 'brief');
    for (const key of keys) expect(named(key)?.source).toBe('brief');
  }
});

const weights = (id: string) => {
  const check = checks.find((one) => one.id === id);
  return sessionRevisions.map((revision) => check?.requirement.weights[revision]);
};

it('what the text recommends, says nowhere, or demands is told apart in each revision', () => {
  const must = { level: 'MUST', source: 'specification' };
  expect(weights('security.origin-request')).toEqual([must, must, must]);
  expect(weights('issuance.unguessable')).toEqual([
    { level: 'MUST', source: 'security' },
    { level: 'MUST', source: 'security' },
    { level: 'SHOULD', source: 'specification' },
  ]);
  const practice = { level: 'none', source: 'practice' };
  expect(weights('reuse.older-session-served')).toEqual([practice, practice, practice]);
  expect(weights('issuance.none-on-failed-initialize')).toEqual([practice, practice, practice]);
  const security = { level: 'none', source: 'security' };
  expect(weights('isolation.state-local')).toEqual([security, security, practice]);
});
