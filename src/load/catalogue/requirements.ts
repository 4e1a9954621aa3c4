import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { RequirementKey } from '../../model/requirement.js';
import { requirementsFile } from './places.js';

let registry: readonly RequirementKey[] | undefined;

/** All demands that checks draw from, whether a check examines them or not. Read on first use: most suites of others name none. */
export function loadRequirements(): readonly RequirementKey[] {
  registry ??= read();
  return registry;
}

function read(): readonly RequirementKey[] {
  const list: unknown = parse(readFileSync(requirementsFile(), 'utf8'));
  if (!Array.isArray(list)) throw new TypeError(`${requirementsFile()} is no list`);
  return list.map((entry: unknown, index) => {
    if (!isRequirement(entry))
      throw new TypeError(`entry ${index} of ${requirementsFile()} is no requirement`);
    return entry;
  });
}

function isRequirement(entry: unknown): entry is RequirementKey {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('key' in entry && 'source' in entry && 'section' in entry && 'says' in entry)) return false;
  const { key, source, section, says } = entry;
  return [key, source, section, says].every((text) => typeof text === 'string');
}
