import { expect, test } from 'vitest';
import { isList, levelsMax, parseJson, partsOf, readJson } from './json.js';

const nested = (levels: number, inner = '') => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;

test('what nests no deeper than is read is read as it is', () => {
  const text = `{"a":${nested(levelsMax - 1, '"x"')},"b":"[[[\\"]]"}`;
  expect(readJson(text)).toEqual({ value: JSON.parse(text) });
});

test('what nests deeper is left out, and what stands beside it is not', () => {
  const text = `{"before":1,"deep":${nested(100_000)},"after":"}]\\"[{","more":{"c":[2]}}`;
  const read = readJson(text);
  expect(read?.isCut).toBe(true);
  expect(read?.value).toMatchObject({ before: 1, after: '}]"[{', more: { c: [2] } });
  expect(() => JSON.stringify(read?.value)).not.toThrow();
  expect([...partsOf(read?.value)].filter(({ value }) => isList(value))).toHaveLength(levelsMax);
});

test('strings that look like brackets nest nothing', () => {
  const text = JSON.stringify(Array.from({ length: 1_000 }, () => '[{"\\'));
  expect(readJson(text)).toEqual({ value: JSON.parse(text) });
});

test.each(['', '[', nested(100_000).slice(1), `${nested(100_000)}]`, `{"a":${'['.repeat(100_000)}}`])(
  'what is no JSON stays none, however deep it nests',
  (text) => {
    expect(parseJson(text)).toBeUndefined();
  },
);

test('the parts of a value come in the order in which they are written', () => {
  const parts = [...partsOf({ a: ['x', { b: 'y' }], c: 'z' })];
  expect(parts.map(({ name }) => name).filter(Boolean)).toEqual(['a', 'b', 'c']);
  expect(parts.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))).toEqual(['x', 'y', 'z']);
});
