import type { Diagnostic } from '../../model/diagnostic.js';
import type { Profile } from '../../model/profile.js';
import type { Suite } from '../../model/suite.js';
import { loadCheck } from './check.js';
import { loadMonitor } from './monitor.js';
import type { NamedCheck } from './suites.js';
import type { FileContext } from './expand.js';
import type { Files } from '../yaml/files.js';
import { deduplicated, type DocPath, type Problem } from '../yaml/problem.js';
import { located } from '../yaml/position.js';
import type { RawSuite } from '../../model/raw-suite.js';
import { problemsOfShape } from '../schema/schema.js';
import { openSource } from '../yaml/source.js';
import { expandedMax } from './variables.js';

const defaultRank = 100;

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
  const said = (problems: readonly Problem[]): readonly Diagnostic[] =>
    deduplicated([...faults, ...problems.map((problem) => located(source, problem))]);
  if (!hasParts(source.value)) return { checks: [], diagnostics: said(misshapen) };

  const { suite, title, order = defaultRank, checks = [], monitors = [] } = source.value;
  const sound = soundOf('checks', checks, misshapen);
  const watching = soundOf('monitors', monitors, misshapen);
  const context = contextOf(source.value, misshapen);
  const loaded = sound.map(({ part, at }) => loadCheck(part, at, context, profiles));
  const watched = watching.map(({ part, at }) => loadMonitor(part, at, context));
  const isWhole = sound.length === checks.length && isSound(['shared'], misshapen);
  const problems = [
    ...[...loaded, ...watched].flatMap((one) => one.problems),
    ...overspent(context),
    ...(isWhole ? unusedShared(context) : []),
  ];
  const diagnostics = said([...misshapen, ...problems]);
  return {
    ...(diagnostics.length === 0 && {
      suite: {
        suite,
        title,
        order,
        checks: loaded.map(({ check }) => check),
        monitors: watched.map(({ monitor }) => monitor),
      },
    }),
    checks: [...sound, ...watching].map(({ part, at }) => ({ id: part.id, source, at: [...at, 'id'] })),
    diagnostics,
  };
}

/** The members of a list whose shape is right, with their places. */
function soundOf<T>(
  name: string,
  list: readonly T[],
  misshapen: readonly Problem[],
): readonly { readonly part: T; readonly at: DocPath }[] {
  return list.flatMap((part, index) => {
    const at = [name, index];
    return isSound(at, misshapen) ? [{ part, at }] : [];
  });
}

function isSound(at: DocPath, misshapen: readonly Problem[]): boolean {
  return !misshapen.some((problem) =>
    at.every((token, index) => String(problem.at[index]) === String(token)),
  );
}

function contextOf(suite: RawSuite, misshapen: readonly Problem[]): FileContext {
  const broken = Object.keys(suite.shared ?? {}).filter((name) => !isSound(['shared', name], misshapen));
  return { suite, broken: new Set(broken), used: new Set(), budget: { left: expandedMax } };
}

/** The least that must be right to look into the checks and monitors. */
function hasParts(value: unknown): value is RawSuite {
  if (!isRecord(value) || !('checks' in value || 'monitors' in value)) return false;
  const lists = ['checks' in value ? value.checks : [], 'monitors' in value ? value.monitors : []];
  return lists.every(Array.isArray) && (!('shared' in value) || isRecord(value.shared));
}

function isRecord(part: unknown): part is object {
  return typeof part === 'object' && part !== null;
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
  const message = 'the uses of these steps expand to too much; nest them less';
  return budget.left < 0 ? [{ at: ['shared'], key: true, message }] : [];
}
