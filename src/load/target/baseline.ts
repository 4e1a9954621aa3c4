import type { Baseline, BaselineEntry } from '../../model/baseline.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { given } from '../given.js';
import { suggestion } from '../schema/nearest.js';
import { shaped } from '../schema/schema.js';
import { shown } from '../schema/wording.js';
import { nodeFiles, type Files } from '../yaml/files.js';
import { located } from '../yaml/position.js';
import { deduplicated, type DocPath, type Problem } from '../yaml/problem.js';
import { openSource } from '../yaml/source.js';
import type { RawEntry } from './raw-baseline.js';

export interface LoadedBaseline {
  /** Absent where something is wrong with it. */
  readonly baseline?: Baseline;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the failures that are known. Where the ids of all checks are given, an entry for another one is a mistake too. */
export function loadBaseline(
  file: string,
  ids?: readonly string[],
  files: Files = nodeFiles,
): LoadedBaseline {
  const { source, diagnostics: faults } = openSource(file, files);
  if (source === undefined) return { diagnostics: faults };
  const { value, problems: misshapen } = shaped('baseline', source.value);
  const entries = value?.baseline ?? [];
  const problems = [...misshapen, ...faultsOfEntries(entries, ['baseline'], ids)];
  const diagnostics = deduplicated([...faults, ...problems.map((problem) => located(source, problem))]);
  return value === undefined || diagnostics.length > 0
    ? { diagnostics }
    : { baseline: entries.map(entryOf), diagnostics };
}

export function entryOf({ finding = '', requirement, check, harm, ...terms }: RawEntry): BaselineEntry {
  const subject = check === undefined ? { finding, ...given({ requirement }) } : { check };
  return { ...subject, ...given({ ...terms, harm: harm ? (true as const) : undefined }) };
}

/** What the schema cannot say of them. */
export function faultsOfEntries(
  entries: readonly RawEntry[],
  at: DocPath,
  ids?: readonly string[],
): readonly Problem[] {
  const names = entries.map(nameOf);
  return entries.flatMap((entry, index) => {
    const here = [...at, index];
    const key = entry.finding === undefined ? 'check' : 'finding';
    const id = entry[key] ?? '';
    const first = names.indexOf(nameOf(entry));
    return [
      ...(entry.finding !== undefined && entry.check !== undefined
        ? [
            {
              at: [...here, 'check'],
              key: true as const,
              message: 'an entry names a finding or a check, not both',
            },
          ]
        : []),
      ...(entry.requirement !== undefined && entry.check !== undefined
        ? [
            {
              at: [...here, 'requirement'],
              key: true as const,
              message: 'a check has its requirement already',
            },
          ]
        : []),
      ...(isDay(entry.expires)
        ? []
        : [{ at: [...here, 'expires'], message: `${shown(entry.expires)} is no day of the calendar` }]),
      ...(ids === undefined || ids.includes(id)
        ? []
        : [{ at: [...here, key], message: `no check has the id ${shown(id)}${suggestionFor(id, ids)}` }]),
      ...(first < index
        ? [
            {
              at: [...here, key],
              message: `entry ${first + 1} is about ${shown(id)} already; keep one of them`,
            },
          ]
        : []),
    ];
  });
}

/** Two entries of one name could not both hold. */
function nameOf({ finding, check, revision, profile }: RawEntry): string {
  return JSON.stringify([finding, check, revision, profile]);
}

/** A list of all would be too long. */
function suggestionFor(id: string, ids: readonly string[]): string {
  const says = suggestion(id, ids);
  return says.includes('did you mean') ? says : '; see sessionspec list';
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
