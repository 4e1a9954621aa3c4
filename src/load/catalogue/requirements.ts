import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { RequirementKey } from '../../model/requirement.js';
import { requirementsFile } from './places.js';

/** All statements about sessions that bind servers, whether a check examines them or not. */
export function loadRequirements(): readonly RequirementKey[] {
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
  if (!('key' in entry && 'revisions' in entry && 'section' in entry && 'says' in entry)) return false;
  const { key, revisions, section, says } = entry;
  return [key, section, says].every((text) => typeof text === 'string') && typeof revisions === 'object';
}
