import type { ExitCode } from '../model/gate.js';

/** Ends the command with one line for the person who typed it. Whatever else is thrown is a bug of ours. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
  readonly exit: ExitCode;

  constructor(message: string, exit: ExitCode = 3) {
    super(message);
    this.exit = exit;
  }
}

/** Why a file could not be used, in the words of the system. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? error.message;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ERR_FS_EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'no space is left',
  EROFS: 'the file system is read-only',
};
