import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io } from './io.js';
import { reasonOf } from '../mistake.js';

/** The files of one run. One that cannot be written is reported once and not tried again; the others are still written. */
export interface Folder {
  /** Adds to the recording, where there is one. */
  readonly append: (text: string) => void;
  /** False where the file cannot be written. */
  readonly put: (file: string, text: string) => boolean;
  readonly failed: () => boolean;
}

export interface Contents {
  readonly files: readonly string[];
  /** The file that is written while the run lasts. */
  readonly recording?: string;
}

export function openFolder(path: string, { files, recording }: Contents, { err }: Pick<Io, 'err'>): Folder {
  const failed = new Set<string>();
  const guarded = (name: string, write: () => void): boolean => {
    if (failed.has(name) || failed.has(itself)) return false;
    try {
      write();
      return true;
    } catch (error) {
      failed.add(name);
      err(`sessionspec: ${join(path, name)} cannot be written: ${reasonOf(error)}\n`);
      return false;
    }
  };
  guarded(itself, () => {
    makeFolder(path);
    accessSync(`${path}/.`, constants.W_OK);
  });
  // If this run dies, the report of an earlier one must not be taken for its own.
  for (const file of files) guarded(file, () => rmSync(join(path, file), { force: true }));
  let record: ((text: string) => void) | undefined;
  if (recording !== undefined)
    guarded(recording, () => {
      const opened = openSync(cleared(join(path, recording)), 'wx');
      record = (text) => void guarded(recording, () => appendFileSync(opened, text));
    });
  return {
    append: (text) => record?.(text),
    put: (file, text) => guarded(file, () => writeFileSync(cleared(join(path, file)), text, { flag: 'wx' })),
    failed: () => failed.size > 0,
  };
}

/** The path of a file that is to be new: what stands there, a link to elsewhere perhaps, is not written through. */
function cleared(file: string): string {
  rmSync(file, { force: true });
  return file;
}

// Among the names of files: the folder.
const itself = '';

/**
 * Makes a folder and those above it, one after the other. `mkdirSync` with `recursive` takes a refusal by ENOENT, as below /proc,
 * for a folder that is missing further up, and tries for ever.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!existsSync(path)) throw isMissing(error) ? new Error('no folder can be made there') : error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
