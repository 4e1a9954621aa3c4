import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { RequirementKey, Demand } from '../../model/requirement.js';
import { controlsOf } from './controls.js';
import { requirementsFiles } from './places.js';
import type { Level, Weight } from '../../model/level.js';
import { revisions, type Revision } from '../../model/revision.js';
import type { Requirement } from '../../model/suite.js';
import { tabulate } from '../../model/tables.js';
import { given } from '../given.js';
import type { RawRequirement } from '../../model/raw-suite.js';

let registry: readonly RequirementKey[] | undefined;

/** All demands that checks draw from, whether a check examines them or not. Read on first use: most suites of others name none. */
export function loadRequirements(): readonly RequirementKey[] {
  registry ??= requirementsFiles().flatMap(readRegistry);
  return registry;
}

function readRegistry(file: string): readonly RequirementKey[] {
  const list: unknown = parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list)) throw new TypeError(`${file} is no list`);
  return list.map((entry: unknown, index) => {
    if (!isRequirement(entry)) throw new TypeError(`entry ${index} of ${file} is no requirement`);
    return entry;
  });
}

function isRequirement(entry: unknown): entry is RequirementKey {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('key' in entry && 'source' in entry && 'section' in entry && 'says' in entry)) return false;
  const { key, source, section, says } = entry;
  return [key, source, section, says].every((text) => typeof text === 'string');
}

/** What a check demands, with all that the registry says about it. What is wrong with it is said by a rule. */
export function requirementOf({ keys, level = 'house', says = '', section }: RawRequirement): Requirement {
  if (keys === undefined) {
    const weight: Weight = { level: level === 'house' ? 'none' : level, source: 'house' };
    return { keys: [], says, ...given({ section }), weights: tabulate(revisions, () => weight) };
  }
  const known = keysNamed(keys);
  const demand = demandOf(keys);
  return {
    ...demand,
    ...(says !== '' && { says }),
    weights: tabulate(revisions, (revision) => weightOf(known, revision)),
  };
}

/** What the registry says of the leading key. */
export function demandOf(keys: readonly string[]): Demand {
  const [leading] = keysNamed(keys);
  const controls = controlsOf(keys);
  return {
    keys,
    says: leading?.says ?? '',
    ...given({ section: leading?.section, why: leading?.why, fix: leading?.fix }),
    ...(controls.length > 0 && { controls }),
  };
}

function keysNamed(keys: readonly string[]): readonly RequirementKey[] {
  return keys.flatMap((name) => loadRequirements().find(({ key }) => key === name) ?? []);
}

const strength: Readonly<Record<Level, number>> = {
  MUST: 2,
  'MUST NOT': 2,
  SHOULD: 1,
  'SHOULD NOT': 1,
  MAY: 0,
  none: 0,
};

/**
 * What a failure weighs in a revision: the strongest keyword that binds servers there, of the first key that has it. Where none
 * does, a check about a permission has that level, and any other is practice, or the demand of another source.
 */
function weightOf(keys: readonly RequirementKey[], revision: Revision): Weight {
  const [strongest] = keys
    .filter(({ binds }) => binds === 'server' || binds === 'both')
    .map(({ source, levels }): Weight => ({ level: levels?.[revision] ?? 'none', source }))
    .toSorted((a, b) => strength[b.level] - strength[a.level]);
  if (strongest !== undefined && strength[strongest.level] > 0) return strongest;
  const [leading] = keys;
  if (leading?.binds === 'server' && leading.levels?.[revision] === 'MAY')
    return { level: 'MAY', source: leading.source };
  return { level: 'none', source: keys.find((key) => isDemanded(key, revision))?.source ?? 'practice' };
}

/** A security practice belongs to the revisions that have its page; what peers or the brief demand, they demand in all. */
function isDemanded({ source, levels }: RequirementKey, revision: Revision): boolean {
  return source === 'security' ? levels?.[revision] !== undefined : source !== 'specification';
}
