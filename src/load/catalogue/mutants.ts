import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Mutant } from '../../model/catalogue.js';
import { profileNames } from '../../model/profile.js';
import { revisions } from '../../model/revision.js';
import { mutantsFile } from './places.js';

/** The mutants of the package. Their changes are read by the fixtures alone, but for those that a command says. */
export function loadMutants(): readonly Mutant[] {
  const list: unknown = parse(readFileSync(mutantsFile(), 'utf8'));
  if (!Array.isArray(list)) throw new TypeError(`${mutantsFile()} is no list`);
  return list.map(toMutant);
}

function toMutant(entry: unknown, index: number): Mutant {
  if (!isMutant(entry)) throw new TypeError(`entry ${index} of ${mutantsFile()} is no mutant`);
  const { name, does, kills, of, monitors, profile, with: needs } = entry;
  const defaultRun = defaultRunIn(entry);
  return {
    name,
    does,
    kills,
    ...(of !== undefined && { of }),
    ...(of === 'stdio' && { change: changeIn(entry) }),
    ...(monitors && { monitors }),
    ...(defaultRun && { defaultRun }),
    ...(profile && { profile }),
    ...(needs && { with: needs }),
  };
}

function isMutant(entry: unknown): entry is Mutant {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('name' in entry && 'does' in entry && 'kills' in entry)) return false;
  const { name, does, kills } = entry;
  if ('profile' in entry && !profileNames.some((profile) => profile === entry.profile)) return false;
  if ('of' in entry && typeof entry.of !== 'string') return false;
  if ('monitors' in entry && !Array.isArray(entry.monitors)) return false;
  if ('with' in entry && !isNeed(entry.with)) return false;
  return typeof name === 'string' && typeof does === 'string' && Array.isArray(kills);
}

/** A process for each client must not read the whole list. */
function changeIn({ change = {} }: { readonly change?: object }): NonNullable<Mutant['change']> {
  return Object.fromEntries(
    Object.entries(change).map(([field, value]: [string, unknown]) => [field, String(value)]),
  );
}

/** In YAML its name has a hyphen. */
function defaultRunIn(entry: object): Mutant['defaultRun'] {
  if (!('default-run' in entry)) return undefined;
  const value = entry['default-run'];
  if (!isDefaultRun(value)) throw new TypeError(`\`default-run\` has \`besides\` or \`unseen\``);
  return value;
}

function isDefaultRun(value: unknown): value is NonNullable<Mutant['defaultRun']> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([field, of]: [string, unknown]) =>
    field === 'besides' ? Array.isArray(of) : field === 'unseen' && typeof of === 'string',
  );
}

function isNeed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([field, need]: [string, unknown]) => needTests.get(field)?.(need));
}

const needTests = new Map<string, (need: unknown) => boolean>([
  ['revision', (need) => revisions.some((one) => one === need)],
  ['principals', (need) => Array.isArray(need) && need.every((one) => typeof one === 'string')],
  ['described', (need) => typeof need === 'object' && need !== null],
  ['operator', (need) => need === true],
  ['replicas', (need) => need === true],
  ['idleTimeoutMs', isAmount],
  ['timeScale', isAmount],
]);

function isAmount(need: unknown): boolean {
  return typeof need === 'number' && need > 0;
}
