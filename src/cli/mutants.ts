import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A server with one defect, and the checks that catch it. */
export interface Mutant {
  readonly name: string;
  readonly does: string;
  readonly kills: readonly string[];
}

/** The mutants of the package. */
export function readMutants(): readonly Mutant[] {
  const path = new URL('../../fixtures/mutants/mutants.yaml', import.meta.url);
  const list: unknown = parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(list)) throw new TypeError('fixtures/mutants/mutants.yaml is no list');
  return list.map(toMutant);
}

function toMutant(entry: unknown, index: number): Mutant {
  if (!isMutant(entry)) throw new TypeError(`entry ${index} of fixtures/mutants/mutants.yaml is no mutant`);
  const { name, does, kills } = entry;
  return { name, does, kills };
}

function isMutant(entry: unknown): entry is Mutant {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('name' in entry && 'does' in entry && 'kills' in entry)) return false;
  const { name, does, kills } = entry;
  return typeof name === 'string' && typeof does === 'string' && Array.isArray(kills);
}
