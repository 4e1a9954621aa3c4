import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Mutant } from '../model/mutant.js';
import { mutantsFile } from './places.js';

/** The mutants of the package. Their changes are read by the fixtures alone. */
export function loadMutants(): readonly Mutant[] {
  const list: unknown = parse(readFileSync(mutantsFile(), 'utf8'));
  if (!Array.isArray(list)) throw new TypeError(`${mutantsFile()} is no list`);
  return list.map(toMutant);
}

function toMutant(entry: unknown, index: number): Mutant {
  if (!isMutant(entry)) throw new TypeError(`entry ${index} of ${mutantsFile()} is no mutant`);
  const { name, does, kills } = entry;
  return { name, does, kills };
}

function isMutant(entry: unknown): entry is Mutant {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('name' in entry && 'does' in entry && 'kills' in entry)) return false;
  const { name, does, kills } = entry;
  return typeof name === 'string' && typeof does === 'string' && Array.isArray(kills);
}
