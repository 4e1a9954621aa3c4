import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Description } from '../../model/description.js';
import type { Fleet, FleetTarget } from '../../model/fleet.js';
import { given } from '../given.js';
import { shaped } from '../schema/schema.js';
import { shown } from '../schema/wording.js';
import { loadTarget } from '../target/target.js';
import { faultOfAddress, type Environment } from '../target/values.js';
import { nodeFiles, type Files } from '../yaml/files.js';
import { located } from '../yaml/position.js';
import { deduplicated, type DocPath, type Problem } from '../yaml/problem.js';
import { openSource } from '../yaml/source.js';
import type { RawFleet, RawNamed } from './raw-fleet.js';

export interface LoadedFleet {
  /** Absent where something is wrong with it, or with the file of one of its targets. */
  readonly fleet?: Fleet;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a fleet with all that it names: the subjects in folders, and the descriptions of their servers. */
export function loadFleet(file: string, env: Environment, files: Files = nodeFiles): LoadedFleet {
  const { source, diagnostics: faults } = openSource(file, files);
  if (source === undefined) return { diagnostics: faults };
  const { value: raw, problems: misshapen } = shaped('fleet', source.value);
  const folder = dirname(resolve(file));
  const members = raw === undefined ? [] : membersOf(raw, folder, env, files);
  const problems = [...misshapen, ...members.flatMap((member) => member.problems), ...twice(members)];
  const own = deduplicated([...faults, ...problems.map((problem) => located(source, problem))]);
  const diagnostics = [...own, ...members.flatMap((member) => member.diagnostics)];
  if (raw === undefined || diagnostics.length > 0) return { diagnostics };
  const { title = 'MCP servers and their sessions', profile, minutes = 15 } = raw;
  const fleet = {
    title,
    targets: members.flatMap(({ target }) => target ?? []),
    minutesMax: minutes,
    ...given({ profile, records: raw.records && resolve(folder, raw.records) }),
  };
  return { fleet, diagnostics };
}

/** One target, or what is wrong with it: in the file of the fleet, or in one of its own. */
interface Member {
  readonly at: DocPath;
  readonly target?: FleetTarget;
  readonly problems: readonly Problem[];
  readonly diagnostics: readonly Diagnostic[];
}

function membersOf(
  { subjects = [], targets = [] }: RawFleet,
  folder: string,
  env: Environment,
  files: Files,
): readonly Member[] {
  return [
    ...subjects.flatMap((path, index) => subjectsIn(path, ['subjects', index], { folder, env, files })),
    ...targets.map((raw, index) => namedTarget(raw, ['targets', index], { folder, env, files })),
  ];
}

interface Where {
  readonly folder: string;
  readonly env: Environment;
  readonly files: Files;
}

function subjectsIn(path: string, at: DocPath, where: Where): readonly Member[] {
  const there = resolve(where.folder, path);
  if (!isFolder(there)) return [faulty(at, `there is no folder ${shown(path)}`)];
  if (isFile(join(there, subjectFile))) return [subjectAt(there, at, where)];
  const within = readdirSync(there)
    .toSorted()
    .map((name) => join(there, name))
    .filter((each) => isFile(join(each, subjectFile)));
  if (within.length === 0)
    return [faulty(at, `neither ${shown(path)} nor a folder in it has a ${subjectFile}`)];
  return within.map((each) => subjectAt(each, at, where));
}

function subjectAt(folder: string, at: DocPath, { env, files }: Where): Member {
  const { source, diagnostics: faults } = openSource(join(folder, subjectFile), files);
  const { value, problems = [] } = source === undefined ? {} : shaped('subject', source.value);
  const described = loadTarget(join(folder, descriptionFile), env, files);
  const diagnostics = [
    ...faults,
    ...(source === undefined ? [] : problems.map((problem) => located(source, problem))),
    ...described.diagnostics,
  ];
  if (value === undefined || described.target === undefined) return { at, problems: [], diagnostics };
  const {
    title,
    implementation,
    version,
    language,
    source: follows,
    needs = [],
    build,
    unsteady = {},
  } = value;
  const target = {
    name: basename(folder),
    title,
    implementation,
    version,
    description: described.target,
    folder,
    needs,
    unsteady,
    ...given({ language, source: follows, build }),
  };
  return { at, target, problems: [], diagnostics };
}

function namedTarget(raw: RawNamed, at: DocPath, { folder, env, files }: Where): Member {
  const { name, url, config, version } = raw;
  if (url !== undefined && config !== undefined)
    return faulty([...at, 'config'], 'a target has a `url` or a `config`, which has one itself');
  if (url !== undefined && faultOfAddress(url) !== undefined)
    return faulty([...at, 'url'], `${shown(url)} ${faultOfAddress(url) ?? ''}`);
  const path = config === undefined ? undefined : resolve(folder, config);
  const described: { readonly target?: Description; readonly diagnostics: readonly Diagnostic[] } =
    path === undefined ? { target: given({ url }), diagnostics: [] } : loadTarget(path, env, files);
  if (described.target === undefined) return { at, problems: [], diagnostics: described.diagnostics };
  const target = {
    name,
    title: raw.title ?? name,
    implementation: raw.implementation ?? name,
    description: described.target,
    folder: path === undefined ? folder : dirname(path),
    needs: [],
    unsteady: {},
    ...given({ version }),
  };
  return { at, target, problems: [], diagnostics: [] };
}

/** Their reports would be the same files. */
function twice(members: readonly Member[]): readonly Problem[] {
  const names = members.map(({ target }) => target?.name);
  return members.flatMap(({ at, target }, index) =>
    target !== undefined && names.indexOf(target.name) < index
      ? [{ at, message: `there is a target ${shown(target.name)} already; give it another name` }]
      : [],
  );
}

function faulty(at: DocPath, message: string): Member {
  return { at, problems: [{ at, message }], diagnostics: [] };
}

const subjectFile = 'subject.yaml';
const descriptionFile = 'sessionspec.yaml';

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
const isFile = (path: string) => existsSync(path) && statSync(path).isFile();
