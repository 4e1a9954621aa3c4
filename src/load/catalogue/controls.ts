import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Control } from '../../model/requirement.js';
import { controlsFile } from './places.js';

let table: readonly Control[] | undefined;

/** Controls of other standards. Read on first use, like the registry whose keys they name. */
export function loadControls(): readonly Control[] {
  table ??= readTable();
  return table;
}

/** Ids of the controls that a demand with these keys bears on. */
export function controlsOf(keys: readonly string[]): readonly string[] {
  return loadControls()
    .filter((control) => control.keys.some((key) => keys.includes(key)))
    .map(({ id }) => id);
}

function readTable(): readonly Control[] {
  const list: unknown = parse(readFileSync(controlsFile(), 'utf8'));
  if (!Array.isArray(list)) throw new TypeError(`${controlsFile()} is no list`);
  return list.map((entry: unknown, index) => {
    if (!isControl(entry)) throw new TypeError(`entry ${index} of ${controlsFile()} is no control`);
    return entry;
  });
}

function isControl(entry: unknown): entry is Control {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('id' in entry && 'link' in entry && 'says' in entry && 'keys' in entry)) return false;
  const { id, link, says, keys } = entry;
  return [id, link, says].every((text) => typeof text === 'string') && Array.isArray(keys);
}
