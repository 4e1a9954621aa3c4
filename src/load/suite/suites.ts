import type { Diagnostic } from '../../model/diagnostic.js';
import type { Profile } from '../../model/profile.js';
import type { Suite } from '../../model/suite.js';
import { duplicateIds, type NamedCheck } from './duplicates.js';
import { nodeFiles, type Files } from '../yaml/files.js';
import { loadFile } from './suite-file.js';

export interface LoadedSuites {
  /** Only those of files without a mistake. */
  readonly suites: readonly Suite[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads suites from files and directories, and says everything that is wrong with them. */
export function loadSuites(
  paths: readonly string[],
  profiles: readonly Profile[],
  files: Files = nodeFiles,
): LoadedSuites {
  const named = new Set(paths.flatMap((path) => files.list(path) ?? [path]));
  const loaded = [...named].map((file) => loadFile(file, profiles, files));
  const checks: readonly NamedCheck[] = loaded.flatMap((file) => file.checks);
  return {
    suites: loaded.flatMap(({ suite }) => suite ?? []).toSorted((a, b) => a.order - b.order),
    diagnostics: [...loaded.flatMap(({ diagnostics }) => diagnostics), ...duplicateIds(checks)],
  };
}
