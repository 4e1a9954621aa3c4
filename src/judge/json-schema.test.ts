import { describe, expect, it } from 'vitest';
import type { Json } from '../model/request.js';
import { validates } from './json-schema.js';

const parsed = (text: string): Json => JSON.parse(text);

it.each<readonly [schema: Json, good: Json, bad: Json]>([
  [{ type: 'object', required: ['a'] }, { a: 1 }, { b: 1 }],
  [{ type: 'string', pattern: '^20\\d\\d$' }, '2025', '1999'],
  [{ type: 'object', patternProperties: { '^a': { type: 'null' } } }, { b: 1 }, { ab: 1 }],
  [{ type: 'array', uniqueItems: true }, [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 1 }]],
  [{ type: 'array', uniqueItems: false, minItems: 1 }, [1, 1], []],
  [{ $ref: '#/$defs/a', $defs: { a: { const: 1 } } }, 1, 2],
  [{ type: 'object', properties: { a: true }, unevaluatedProperties: false }, { a: 1 }, { b: 1 }],
])('%j is met by %j and not by %j', (schema, good, bad) => {
  expect(validates(schema, good)).toBe(true);
  expect(validates(schema, bad)).toBe(false);
});

describe('fields that are named as something that every object has', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    '%s is missing until it was sent',
    (name) => {
      const schema = { type: 'object', required: [name] };
      expect(validates(schema, {})).toBe(false);
      expect(validates(schema, parsed(`{"${name}":1}`))).toBe(true);
    },
  );

  it('are looked at by their schema only where they were sent', () => {
    const schema = { type: 'object', properties: { constructor: { type: 'string' } } };
    expect(validates(schema, {})).toBe(true);
    expect(validates(schema, parsed('{"constructor":1}'))).toBe(false);
  });

  it('are no known fields', () => {
    const schema = { type: 'object', properties: { a: true }, additionalProperties: false };
    expect(validates(schema, parsed('{"__proto__":1}'))).toBe(false);
    expect(validates(schema, parsed('{"constructor":1}'))).toBe(false);
  });
});

it('two schemas never meet', () => {
  expect(validates({ $id: 'one', const: 1 }, 1)).toBe(true);
  expect(validates({ $id: 'one', const: 2 }, 2)).toBe(true);
});

describe('an answer of 64 KiB that is made to take long', () => {
  const cells = Array.from({ length: 22_000 }, () => []);
  const deep = parsed(`${'['.repeat(32_000)}${']'.repeat(32_000)}`);
  const names = Object.fromEntries(Array.from({ length: 8_000 }, (_, index) => [`a${index}`, 1]));

  it.each<readonly [string, Json, Json, boolean]>([
    ['equal items', { type: 'array', uniqueItems: true }, cells, false],
    ['different items', { type: 'array', uniqueItems: true }, cells.map((_, index) => [index]), true],
    ['one deep item', { type: 'array', uniqueItems: true }, [deep, 1], true],
    ['a deep constant', { enum: [[[[[]]]], 1] }, deep, false],
    ['a slow pattern', { type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(65_000)}!`, false],
    [
      'many names',
      {
        type: 'object',
        patternProperties: { '(a|aa)+$': { type: 'number' }, '(.*1){9}': { type: 'number' } },
      },
      names,
      true,
    ],
    [
      'a list searched',
      { type: 'array', contains: { enum: Array.from({ length: 500 }, (_, i) => [i]) } },
      cells,
      false,
    ],
  ])('%s', (_, schema, value, expected) => {
    expect(validates(schema, value)).toBe(expected);
  });
});
