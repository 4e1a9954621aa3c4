import type { Diagnostic } from '../model/diagnostic.js';
import type { Profile } from '../model/profile.js';
import type { Suite } from '../model/suite.js';
import { loadCheck } from './check.js';
import type { NamedCheck } from './duplicates.js';
import type { FileContext } from './expand.js';
import type { Files } from './files.js';
import { located } from './position.js';
import type { DocPath, Problem } from './problem.js';
import type { RawSuite } from './raw.js';
import { problemsOfShape } from './schema.js';
import { openSource } from './source.js';
import { expandedMax } from './variables.js';

export interface LoadedFile {
  readonly suite?: Suite;
  readonly checks: readonly NamedCheck[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One file. What has the right shape is examined further even where something else has not. */
export function loadFile(file: string, profiles: readonly Profile[], files: Files): LoadedFile {
  const { source, diagnostics: faults } = openSource(file, files);
  if (source === undefined) return { checks: [], diagnostics: faults };
  const misshapen = problemsOfShape('suite', source.value);
  if (!hasChecks(source.value))
    return { checks: [], diagnostics: [...faults, ...misshapen.map((problem) => located(source, problem))] };
  const raw = source.value;
  const isSound = (at: DocPath): boolean =>
    !misshapen.some((problem) => at.every((token, index) => String(problem.at[index]) === String(token)));
  const sound = raw.checks.flatMap((check, index) =>
    isSound(['checks', index]) ? [{ check, at: ['checks', index] }] : [],
  );
  const broken = new Set(Object.keys(raw.shared ?? {}).filter((name) => !isSound(['shared', name])));
  const context: FileContext = { suite: raw, broken, used: new Set(), budget: { left: expandedMax } };
  const loaded = sound.map(({ check, at }) => loadCheck(check, at, context, profiles));
  const problems = [
    ...misshapen,
    ...loaded.flatMap((check) => check.problems),
    ...(sound.length === raw.checks.length && isSound(['shared']) ? unusedShared(context) : []),
    ...overspent(context),
  ];
  const diagnostics = [...faults, ...once(problems.map((problem) => located(source, problem)))];
  return {
    ...(diagnostics.length === 0
      ? { suite: { suite: raw.suite, title: raw.title, checks: loaded.map(({ check }) => check) } }
      : {}),
    checks: sound.map(({ check, at }) => ({ id: check.id, source, at: [...at, 'id'] })),
    diagnostics: diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** The least that must be right to look into the checks. */
function hasChecks(value: unknown): value is RawSuite {
  return typeof value === 'object' && value !== null && 'checks' in value && Array.isArray(value.checks);
}

function unusedShared({ suite, used }: FileContext): readonly Problem[] {
  const unused = Object.keys(suite.shared ?? {}).filter((name) => !used.has(name));
  return unused.map((name) => ({
    at: ['shared', name],
    key: true,
    message: `no check uses \`${name}\`; use it or remove it`,
  }));
}

function overspent({ budget }: FileContext): readonly Problem[] {
  const message = 'the uses of these steps expand to more than 1 MiB; nest them less';
  return budget.left < 0 ? [{ at: ['shared'], key: true, message }] : [];
}

/** A shared step is looked at once for each use, but what is wrong with it is said once. */
function once(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const said = new Set<string>();
  return diagnostics.filter(({ line, column, message }) => {
    const key = `${line}:${column} ${message.replace(/ \(as used in line \d+\)$/, '')}`;
    return !said.has(key) && said.add(key);
  });
}
