import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { entryStandings } from '../model/baseline.js';
import { levels } from '../model/level.js';
import { profileNames } from '../model/profile.js';
import { failReasons, inconclusiveReasons, notApplicableReasons, notRunReasons } from '../model/reason.js';
import { needs } from '../model/need.js';
import { revisions } from '../model/revision.js';
import { standings } from '../model/report.js';
import { verdictKinds } from '../model/verdict.js';
import { renderJson } from './index.js';
import { failed, leftOut, notRun, passed, sampleResult, sampleRun, unsure } from '../testing/sample.js';

const schemaText = await readFile(new URL('../../reports/report.schema.json', import.meta.url), 'utf8');
const schema: Record<string, unknown> = JSON.parse(schemaText);
const valid = new Ajv2020({ allowUnionTypes: true }).compile(schema);

const hostile = '\u001b[2J\u0000\ud800]]>"\u2028</script>';
const run = sampleRun(
  [passed, failed, unsure, leftOut, notRun].map((verdict) => sampleResult(verdict, { title: hostile })),
);

test('report.json is valid against its schema, for each verdict', () => {
  valid(JSON.parse(renderJson(run)));
  expect(valid.errors).toBe(null);
});

test('report.json is exactly the report', () => {
  expect(JSON.parse(renderJson(run))).toEqual(run.report);
  expect(renderJson(run)).not.toMatch(/[^\P{C}\n]/u);
});

test.each([
  ['a pass without evidence', sampleResult(passed, { evidence: [] })],
  ['a failure without reason', without(sampleResult(failed), 'reason')],
  ['a pass with a reason', { ...sampleResult(passed), reason: 'served' }],
  ['a reason of another verdict', { ...sampleResult(failed), reason: 'fact-missing' }],
  ['an unknown field', { ...sampleResult(passed), mood: 'good' }],
])('the schema refuses %s', (_, result) => {
  expect(valid({ ...run.report, results: [result] })).toBe(false);
});

// The schema is written for readers and by hand; this keeps its closed lists equal to the model's.
test.each([
  ['fail', Object.keys(failReasons)],
  ['inconclusive', Object.keys(inconclusiveReasons)],
  ['not-applicable', Object.keys(notApplicableReasons)],
  ['not-run', Object.keys(notRunReasons)],
  ['levels', [...levels]],
  ['profiles', [...profileNames]],
  ['verdicts', [...verdictKinds]],
  ['revisions', [...revisions]],
  ['needs', Object.keys(needs)],
  ['standings of results', [...standings]],
  ['standings of entries', Object.keys(entryStandings)],
])('the schema lists the same words as the model: %s', (_, words) => {
  expect(closedLists(schema)).toContainEqual(words);
});

function closedLists(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'enum' in value ? [value.enum] : [];
  return [...own, ...Object.values(value).flatMap(closedLists)];
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}
