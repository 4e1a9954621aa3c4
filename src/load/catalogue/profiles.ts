import type { Diagnostic } from '../../model/diagnostic.js';
import {
  answerClasses,
  profileNames,
  requestKinds,
  type AnswerClass,
  type AnswerSet,
  type Profile,
} from '../../model/profile.js';
import { outcomes, type Outcome } from '../../model/rule.js';
import { nodeFiles, type Files } from '../yaml/files.js';
import { tabulate } from '../../model/tables.js';
import { given } from '../given.js';
import { listed } from '../schema/nearest.js';
import { deduplicated, type DocPath, type Problem } from '../yaml/problem.js';
import { builtinProfilesDir } from './places.js';
import { located } from '../yaml/position.js';
import type { RawProfile, RawRow } from './raw-profile.js';
import { shaped } from '../schema/schema.js';
import { openSource } from '../yaml/source.js';
import { demandOf } from './requirements.js';

export interface LoadedProfiles {
  /** Only those of files without a mistake. */
  readonly profiles: readonly Profile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the profiles of a directory, in the order in which reports show them. */
export function loadProfiles(dir: string = builtinProfilesDir(), files: Files = nodeFiles): LoadedProfiles {
  const loaded = (files.list(dir) ?? [dir]).map((file) => loadProfile(file, files));
  return {
    profiles: loaded
      .flatMap(({ profiles }) => profiles)
      .toSorted((a, b) => profileNames.indexOf(a.profile) - profileNames.indexOf(b.profile)),
    diagnostics: loaded.flatMap(({ diagnostics }) => diagnostics),
  };
}

function loadProfile(file: string, files: Files): LoadedProfiles {
  const { source, diagnostics } = openSource(file, files);
  if (source === undefined) return { profiles: [], diagnostics };
  const { value: raw, problems: misshapen } = shaped('profile', source.value);
  const rows = raw === undefined ? [] : rowsOf(raw);
  const problems = [...misshapen, ...rows.flatMap(({ row, at }) => rowFaults(row, at))];
  const all = deduplicated([...diagnostics, ...problems.map((problem) => located(source, problem))]);
  return { profiles: raw === undefined || all.length > 0 ? [] : [profileOf(raw)], diagnostics: all };
}

function rowsOf({ answers }: RawProfile): readonly { readonly row: RawRow; readonly at: DocPath }[] {
  return Object.entries(answers).flatMap(([set, rows]) =>
    requestKinds.flatMap((kind) =>
      rows[kind] === undefined ? [] : [{ row: rows[kind], at: ['answers', set, kind] }],
    ),
  );
}

function rowFaults(row: RawRow, at: DocPath): readonly Problem[] {
  const entries = rowEntries(row);
  const twice = entries.filter(
    ({ name }, index) => entries.findIndex((entry) => entry.name === name) < index,
  );
  const open = answerClasses.filter((name) => !entries.some((entry) => entry.name === name));
  return [
    ...twice.map(({ name, place }) => ({
      at: [...at, ...place],
      message: `\`${name}\` stands twice in this row; an answer earns one outcome`,
    })),
    ...(row.rest !== undefined || open.length === 0
      ? []
      : [{ at, key: true as const, message: `this row needs \`rest\`: it says nothing of ${listed(open)}` }]),
  ];
}

interface RowEntry {
  readonly name: string;
  readonly outcome: Outcome;
  readonly place: DocPath;
}

function rowEntries(row: RawRow): readonly RowEntry[] {
  return outcomes.flatMap((outcome) =>
    (row[outcome] ?? []).map((name, index) => ({ name: String(name), outcome, place: [outcome, index] })),
  );
}

function profileOf({ profile, title, source, answers }: RawProfile): Profile {
  const sets = Object.entries(answers).map(([name, set]) => [name, typedSet(set)] as const);
  return { profile, title, answers: Object.fromEntries(sets), ...given({ source }) };
}

function typedSet(set: RawProfile['answers'][string]): AnswerSet {
  const rows = requestKinds.flatMap((kind) =>
    set[kind] === undefined ? [] : [[kind, typedRow(set[kind])] as const],
  );
  const requirement = set.key === undefined ? undefined : demandOf([set.key]);
  return { served: set.served, rows: Object.fromEntries(rows), ...given({ requirement }) };
}

function typedRow(row: RawRow): Readonly<Record<AnswerClass, Outcome>> {
  const entries = rowEntries(row);
  return tabulate(
    answerClasses,
    (name) => entries.find((entry) => entry.name === name)?.outcome ?? row.rest ?? 'fail',
  );
}
