import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The access to files that loading needs. */
export interface Files {
  /** Throws an error whose message says why it cannot be read. */
  read(path: string): string;
  /** The YAML files of a directory in order; undefined where the path is none. */
  list(path: string): readonly string[] | undefined;
}

export const fileMaxBytes = 1 << 20;

export const nodeFiles: Files = {
  read(path) {
    // Looked at before it is read: a device or a huge file must not fill the memory.
    const found = statSync(path);
    if (!found.isFile()) throw new Error('it is not a file');
    if (found.size > fileMaxBytes) throw new Error(tooLarge);
    return readFileSync(path, 'utf8');
  },
  list(path) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
    return names.toSorted().map((name) => join(path, name));
  },
};

export const tooLarge = 'it is larger than 1 MiB';
