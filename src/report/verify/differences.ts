import { canonical } from '../digest.js';
import { clipped, visible } from '../visible.js';

/** One place where plain data is not what it must be. */
export interface Difference {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly wanted: string;
}

/** The first differences between what was found and what must be, at most `max`; none where both say the same. */
export function differences(found: unknown, wanted: unknown, max: number): readonly Difference[] {
  if (isSame(found, wanted) || max <= 0) return [];
  const [foundParts, wantedParts] = [partsOf(found), partsOf(wanted)];
  if (foundParts === undefined || wantedParts === undefined || Array.isArray(found) !== Array.isArray(wanted))
    return [{ path: [], found: shown(found), wanted: shown(wanted) }];
  const all: Difference[] = [];
  for (const key of new Set([...foundParts.keys(), ...wantedParts.keys()])) {
    const inner = differences(foundParts.get(key), wantedParts.get(key), max - all.length);
    for (const { path, ...rest } of inner) all.push({ ...rest, path: [key, ...path] });
  }
  return all;
}

/** A path as people write it, such as `gate.failed[0]`. */
export function pathWords(path: Difference['path']): string {
  return path
    .map((key, i) => (/^\d+$/.test(String(key)) ? `[${key}]` : i === 0 ? String(key) : `.${key}`))
    .join('');
}

export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a ?? null) === canonical(b ?? null);
}

function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : clipped(visible(JSON.stringify(value)), 80);
}
