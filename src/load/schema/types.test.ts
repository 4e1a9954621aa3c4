import { readFileSync } from 'node:fs';
import * as prettier from 'prettier';
import { expect, it } from 'vitest';
import {
  baselineSchemaFile,
  fleetSchemaFile,
  profileSchemaFile,
  subjectSchemaFile,
  suiteSchemaFile,
  targetSchemaFile,
} from '../catalogue/places.js';
import { typesOf, type JsonSchema } from '../testing/types.js';

// It is as long as its schema.
const head =
  '/* oxlint-disable max-lines -- written by a test from the JSON Schema; `npx vitest run src/load/schema -u` writes it again */';

it.each([
  ['RawSuite', suiteSchemaFile(), '../../model/raw-suite.ts', './request.js'],
  ['RawProfile', profileSchemaFile(), '../catalogue/raw-profile.ts', '../../model/request.js'],
  ['RawTarget', targetSchemaFile(), '../target/raw-target.ts', '../../model/request.js'],
  ['RawSubject', subjectSchemaFile(), '../fleet/raw-subject.ts', '../../model/request.js'],
  ['RawFleet', fleetSchemaFile(), '../fleet/raw-fleet.ts', '../../model/request.js'],
  ['RawBaseline', baselineSchemaFile(), '../target/raw-baseline.ts', '../../model/request.js'],
])('the types of a %s are those of its schema', async (name, schemaFile, typesFile, json) => {
  const schema: JsonSchema = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const types = typesOf(schema, name);
  const imported = types.includes('Json') ? `import type { Json } from '${json}';\n` : '';
  const text = `${head}\n${imported}\n${types}`;
  const options = await prettier.resolveConfig(schemaFile);
  await expect(await prettier.format(text, { ...options, parser: 'typescript' })).toMatchFileSnapshot(
    typesFile,
  );
});
