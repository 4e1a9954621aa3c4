import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { needs } from '../../model/need.js';
import { levels } from '../../model/level.js';
import { answerClasses, profileNames, requestKinds } from '../../model/profile.js';
import { failReasons } from '../../model/reason.js';
import { revisions } from '../../model/revision.js';
import { outcomes } from '../../model/rule.js';
import { invariantNames, monitorNames } from '../../model/statement.js';
import { analyses, findingsOf } from '../../model/analysis.js';
import { changes, generatedForms } from '../../model/session-choice.js';
import { stepKinds } from '../suite/kinds.js';
import {
  baselineSchemaFile,
  profileSchemaFile,
  suiteSchemaFile,
  targetSchemaFile,
} from '../catalogue/places.js';

interface Schema {
  readonly [key: string]: unknown;
}

const read = (file: string): Schema => JSON.parse(readFileSync(file, 'utf8')) as Schema;
const [suite, profile] = [read(suiteSchemaFile()), read(profileSchemaFile())];
const target = read(targetSchemaFile());

describe('the schemas say what the model says', () => {
  const tables = {
    changes,
    generatedForms,
    analyses,
    invariantNames,
    monitorNames,
    outcomes,
    revisions,
    needs: Object.keys(needs),
    reasons: Object.keys(failReasons),
  };

  it.each(Object.entries(tables))('%s', (_, values) => {
    expect(enums(suite)).toContain(named(values));
  });

  it('steps, profiles, classes and kinds of requests', () => {
    expect((suite['$defs'] as { step: { anyOf: unknown[] } }).step.anyOf).toEqual(
      stepKinds.map((kind) => ({ required: [kind] })),
    );
    expect(enums(profile)).toEqual(
      expect.arrayContaining([named(profileNames), named(answerClasses), named(outcomes)]),
    );
    const keys = all(profile).map(({ properties }) => Object.keys(properties ?? {}));
    expect(keys).toContainEqual(['served', 'key', ...requestKinds]);
  });

  it('keywords, which a rule of an author may have', () => {
    expect(enums(suite)).toContain(named(['house', ...levels.filter((level) => level !== 'none')]));
  });

  it('reasons, revisions and profiles of what is known, alike in both files that may hold it', () => {
    const baseline = read(baselineSchemaFile());
    expect(enums(baseline)).toEqual(
      expect.arrayContaining([named(Object.keys(failReasons)), named(revisions), named(profileNames)]),
    );
    expect((target['$defs'] as Schema)['entry']).toEqual((baseline['$defs'] as Schema)['entry']);
  });

  it('revisions and profiles, which a target may choose', () => {
    expect(enums(target)).toEqual(
      expect.arrayContaining([named(['auto', 'all', ...revisions]), named(profileNames)]),
    );
  });

  it('the findings that the page names', () => {
    const page = JSON.stringify(suite);
    for (const name of Object.values(findingsOf).flat()) expect(page).toContain(`\`${name}\``);
  });
});

describe.each([
  ['suite', suite],
  ['profile', profile],
  ['target', target],
])('the schema of a %s is a reference page too', (_, schema) => {
  it('every object is closed', () => {
    const open = all(schema).filter((one) => 'properties' in one && one['additionalProperties'] !== false);
    expect(open).toEqual([]);
  });

  it('every property is described', () => {
    const properties = all(schema).flatMap((one) =>
      Object.entries((one['properties'] ?? {}) as Readonly<Record<string, Schema>>),
    );
    const mute = properties.filter(([, one]) => typeof resolved(schema, one)['description'] !== 'string');
    expect(mute).toEqual([]);
    expect(properties.length).toBeGreaterThan(10);
  });
});

/** Every closed list of words in a schema, each as one text. */
function enums(schema: Schema): readonly string[] {
  return all(schema).flatMap(({ enum: values }) => (Array.isArray(values) ? [named(values)] : []));
}

function named(values: readonly unknown[]): string {
  return values.map(String).toSorted().join(' ');
}

function all(schema: unknown): readonly Schema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const below = Object.values(schema).flatMap(all);
  return Array.isArray(schema) ? below : [schema as Schema, ...below];
}

function resolved(root: Schema, schema: Schema): Schema {
  const { $ref } = schema;
  const name = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : '';
  return { ...(root['$defs'] as Readonly<Record<string, Schema>>)[name], ...schema };
}
