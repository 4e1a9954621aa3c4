import type { Diagnostic } from '../../model/diagnostic.js';
import type { Profile } from '../../model/profile.js';
import type { Suite } from '../../model/suite.js';
import { nodeFiles, type Files } from '../yaml/files.js';
import { loadFile } from './suite-file.js';
import { located, type YamlSource } from '../yaml/position.js';
import type { DocPath } from '../yaml/problem.js';

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

/** Where a check has its id. */
export interface NamedCheck {
  readonly id: string;
  readonly source: YamlSource;
  readonly at: DocPath;
}

/** An id names one check in all files of a run: baselines and reports rest on it. */
function duplicateIds(checks: readonly NamedCheck[]): readonly Diagnostic[] {
  const first = new Map<string, NamedCheck>();
  return checks.flatMap((check) => {
    const other = first.get(check.id);
    if (other === undefined) {
      first.set(check.id, check);
      return [];
    }
    const { file, line } = located(other.source, { at: other.at, message: '' });
    const message = `the id \`${check.id}\` is taken by the check at ${file}:${line}; give this one another`;
    return [located(check.source, { at: check.at, message })];
  });
}
