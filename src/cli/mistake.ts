import type { ExitCode } from '../model/gate.js';

/** Ends the command with one line for the user. Any other error is a bug of ours. */
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
  EISDIR: 'it is a folder',
  ERR_FS_EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a file has that name',
  ENOSPC: 'no space is left',
  EROFS: 'the file system is read-only',
};
