import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, Outcome, TargetRecord } from '../../model/fleet.js';
import { visibleJson } from '../../report/visible.js';
import { Mistake, reasonOf } from '../mistake.js';
import { readJson } from '../../model/json.js';
import { readText } from '../record/files.js';
import { makeFolder } from '../output/folder.js';
import { isOutcome, isTargetRecord } from './outcome.js';
import type { Done } from './queue.js';
import { keyOf } from './tally.js';

/** What a fleet leaves in its folder: `data/NAME.json` for each outcome, the files that belong to it, and the pages. */
export interface Store {
  /** Of the files, those that a target has: others a worker on another machine could choose as it likes. */
  readonly put: (done: Done) => void;
  /** Any file of the site. */
  readonly write: (path: string, text: string) => void;
  readonly outcomes: () => readonly Outcome[];
}

export function openStore(folder: string): Store {
  const write = (path: string, text: string) => {
    try {
      makeFolder(join(folder, path, '..'));
      writeFileSync(join(folder, path), text);
    } catch (error) {
      throw new Mistake(`${join(folder, path)} cannot be written: ${reasonOf(error)}`, 4);
    }
  };
  return {
    write,
    put({ outcome, files }) {
      for (const path of Object.values(filesOf(outcome.target))) {
        const text = files[path];
        if (text !== undefined) write(path, text);
      }
      write(`data/${outcome.target}.json`, visibleJson(outcome));
    },
    outcomes: () => outcomesIn(folder),
  };
}

/** The outcomes that a fleet, or a part of one, has left. */
function outcomesIn(folder: string): readonly Outcome[] {
  const data = join(folder, 'data');
  if (!existsSync(data)) return [];
  const names = readdirSync(data).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => read(join(data, name), isOutcome, 'outcome of a fleet'));
}

/** What was found here of these jobs, and its files, as they were put there. */
export function doneIn(folder: string, jobs: readonly Job[]): readonly Done[] {
  const keys = new Set(jobs.map(keyOf));
  const ofThem = outcomesIn(folder).filter((outcome) => keys.has(keyOf(outcome)));
  return ofThem.map((outcome) => {
    const paths = Object.values(filesOf(outcome.target)).filter((path) => existsSync(join(folder, path)));
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    return { outcome, files };
  });
}

/** Where the files of one target lie in a site. */
export function filesOf(target: string) {
  return { report: `reports/${target}.html`, badge: `badges/${target}.svg` } as const;
}

/** What was committed of a target: its record, and the notes on what was found. */
export function committedOf(
  records: string | undefined,
  target: string,
): { readonly record?: TargetRecord; readonly notes?: string } {
  if (records === undefined) return {};
  const [record, notes] = ['record.json', 'notes.md'].map((name) => join(records, target, name));
  return {
    ...(record !== undefined &&
      existsSync(record) && { record: read(record, isTargetRecord, 'record of a fleet') }),
    ...(notes !== undefined && existsSync(notes) && { notes: readFileSync(notes, 'utf8') }),
  };
}

function read<T>(file: string, isOne: (value: unknown) => value is T, what: string): T {
  const value: unknown = readJson(readText(file))?.value;
  if (isOne(value)) return value;
  throw new Mistake(`${file} is no ${what}; delete it, or write it again`);
}
