import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, TargetRecord } from '../../model/fleet.js';
import { visibleJson } from '../../report/visible.js';
import { Mistake, reasonOf } from '../mistake.js';
import { readJson } from '../../model/json.js';
import { readText } from '../record/files.js';
import { makeFolder } from '../output/folder.js';
import type { Done } from './queue.js';

/** What a fleet leaves in its folder: `data/NAME.json` for each outcome, the files that belong to it, and the pages. */
export interface Store {
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
      for (const [path, text] of Object.entries(files)) write(path, text);
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

/** The same with their files, as they were put there. */
export function doneIn(folder: string): readonly Done[] {
  return outcomesIn(folder).map((outcome) => {
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

// Both are written by us; what else stands there is told by what every one of them has.
function isOutcome(value: unknown): value is Outcome {
  return isFields(value) && typeof value['target'] === 'string' && typeof value['digest'] === 'string';
}

function isTargetRecord(value: unknown): value is TargetRecord {
  return isFields(value) && value['format'] === 'sessionspec-record/1';
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function read<T>(file: string, isOne: (value: unknown) => value is T, what: string): T {
  const value: unknown = readJson(readText(file))?.value;
  if (isOne(value)) return value;
  throw new Mistake(`${file} is no ${what}; delete it, or write it again`);
}
