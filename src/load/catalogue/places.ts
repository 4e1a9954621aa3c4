import { fileURLToPath } from 'node:url';

// src/load/catalogue and dist/load/catalogue are both three levels below the root of the package.
const place = (path: string): string => fileURLToPath(new URL(`../../../suites/${path}`, import.meta.url));

export function builtinSuitesDir(): string {
  return place('');
}

export function builtinProfilesDir(): string {
  return place('profiles');
}

export function suiteSchemaFile(): string {
  return place('schema/suite.json');
}

export function profileSchemaFile(): string {
  return place('schema/profile.json');
}

export function targetSchemaFile(): string {
  return place('schema/target.json');
}

export function baselineSchemaFile(): string {
  return place('schema/baseline.json');
}

export function subjectSchemaFile(): string {
  return place('schema/subject.json');
}

export function fleetSchemaFile(): string {
  return place('schema/fleet.json');
}

export function mutantsFile(): string {
  return fileURLToPath(new URL('../../../fixtures/mutants/mutants.yaml', import.meta.url));
}

export function casesFile(): string {
  return fileURLToPath(new URL('../../../fixtures/cases/cases.yaml', import.meta.url));
}

/** Not part of the package: its servers stand on packages that only development needs. */
export function strangersFile(): string {
  return fileURLToPath(new URL('../../../fixtures/strangers/strangers.yaml', import.meta.url));
}

/** The second one has the demands of the revision without sessions, the third those of sessions in the data layer. */
export function requirementsFiles(): readonly string[] {
  return ['requirements', 'sessionless', 'data-sessions'].map((name) => place(`requirements/${name}.yaml`));
}

export function controlsFile(): string {
  return place('requirements/controls.yaml');
}

export function witnessesFile(): string {
  return place('witnesses/witnesses.yaml');
}
