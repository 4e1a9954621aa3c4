import { describe, expect, it } from 'vitest';
import { lint, lintMarked, suiteWith } from '../../testing/lint.js';

const step = (schema: string): string =>
  suiteWith(`- open: alice\n- { send: ping, judge: { result: ${schema} } }`);

const twice = (next: string): string => `{ allOf: [{ $ref: "${next}" }, { $ref: "${next}" }] }`;

const chained = (levels: number): string => {
  const names = Array.from({ length: levels }, (_, level) => `a${level}: { $ref: "#/$defs/a${level + 1}" }`);
  return `{ $ref: "#/$defs/a0", $defs: { ${names.join(', ')}, a${levels}: { const: 1 } } }`;
};

const idle = 'every result meets this schema; say what a result must have, or `result: true`';
const apart = 'nothing outside can refer to the schema of a step; leave it out';
const nowhere = 'there is no such part of this schema; refer to one by its place, such as `#/$defs/name`';
const leaves = 'a `$ref` cannot leave its schema; put what it refers to under `$defs`';
const endless = 'this schema refers to itself; write out as many levels as the answer has';
const linear = 'patterns are matched in linear time, in the syntax of RE2';

/** Each says once what is wrong, and where. */
const faults: readonly (readonly [schema: string, says: string])[] = [
  ['«{}»', idle],
  ['«{ title: A result, description: of something }»', idle],
  ['«{ type: [object, array, string, number, boolean, "null"] }»', idle],
  ['«{ anyOf: [{ type: object, required: [a] }, {}] }»', idle],
  ['«{ $ref: "#/$defs/a", $defs: { a: {}, b: { const: 1 } } }»', idle],
  ['{ type: object, «requried»: [a] }', '`requried` is no keyword of JSON Schema; did you mean `required`?'],
  [
    '{ type: object, properties: { a: { type: string, «patern»: b } } }',
    '`patern` is no keyword of JSON Schema; did you mean `pattern`?',
  ],
  [
    '{ «protocolVersion»: { const: a } }',
    '`protocolVersion` is no keyword of JSON Schema; a field of the result stands under `properties`',
  ],
  [
    '{ type: object, «constructor»: true }',
    '`constructor` is no keyword of JSON Schema; a field of the result stands under `properties`',
  ],
  [
    '{ «$async»: true, type: object }',
    '`$async` cannot stand here: results are judged at once; leave it out',
  ],
  ['{ «$id»: "https://elsewhere.example/a", type: object }', `\`$id\` cannot stand here: ${apart}`],
  ['{ type: object, properties: { a: { «$id»: a, type: string } } }', `\`$id\` cannot stand here: ${apart}`],
  [
    '{ $schema: «"http://json-schema.org/draft-07/schema#"», type: object }',
    'schemas are of the dialect https://json-schema.org/draft/2020-12/schema; leave it out',
  ],
  ['{ $ref: «"https://elsewhere.example/a"» }', leaves],
  ['{ $ref: «"suite#/$defs/step"» }', leaves],
  ['{ $ref: «"#/$defs/b"», $defs: { a: { type: object } } }', nowhere],
  ['{ $ref: «"#/$defs"», $defs: { a: { type: object } } }', nowhere],
  ['{ $ref: «"#a"», $defs: { a: { type: object } } }', nowhere],
  ['{ $ref: «"#/%"» }', nowhere],
  ['«{ $ref: "#" }»', endless],
  ['«{ type: object, properties: { a: { $ref: "#" } } }»', endless],
  [
    '«{ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { not: { $ref: "#/$defs/a" } } } }»',
    endless,
  ],
  ['{ type: object, minProperties: «-1» }', '`minProperties` must be at least 0'],
  ['{ type: object, properties: «5» }', '`properties` must be a mapping, not a number'],
  ['{ type: [object, «objct»] }', '`type` cannot be `objct`; did you mean `object`?'],
  [
    '{ «properties»: { a: { const: 1 } } }',
    '`properties` only looks at a value of type object, and any other meets it; put `type: object` beside it',
  ],
  [
    '{ type: object, properties: { a: { «pattern»: b } } }',
    '`pattern` only looks at a value of type string, and any other meets it; put `type: string` beside it',
  ],
  ['{ type: object, «then»: { required: [a] } }', '`then` says nothing without `if` beside it'],
  [
    '{ type: object, properties: { a: { type: string, «format»: uri } } }',
    '`format` cannot stand here: nothing here checks it; write a `pattern`',
  ],
  ['{ type: object, properties: { «__proto__»: false } }', 'a field of this name cannot be looked at'],
  ['{ type: string, pattern: «"a(?=b)"» }', `look-around is not supported in a pattern: \`(?=\`; ${linear}`],
  [
    '{ type: string, pattern: «"(?<!a)b"» }',
    `look-around is not supported in a pattern: \`(?<!a)b\`; ${linear}`,
  ],
  [
    '{ type: object, patternProperties: { «"(a)\\\\1"»: true } }',
    `back references are not supported in a pattern: \`\\1\`; ${linear}`,
  ],
  [
    '{ type: string, pattern: «"[0-9]{900}"» }',
    'this pattern repeats too much (900 times in all, at most 512 may be)',
  ],
  [
    '{ type: string, pattern: «"([0-9]{30}){30}"» }',
    'this pattern is too large (962 steps, at most 512); repeat less in it',
  ],
];

describe('a JSON Schema of a suite', () => {
  it.each(faults)('%s', (schema, says) => {
    const { said, underlined, meant } = lintMarked(step(schema));
    expect(said).toEqual([says]);
    expect(underlined).toBe(meant);
  });

  it.each([
    '{ type: object, required: [a], properties: { a: { type: [string, "null"], minLength: 1 } } }',
    '{ type: object, allOf: [{ required: [a] }, { minProperties: 2 }] }',
    '{ type: object, if: { required: [a] }, then: { required: [b] } }',
    '{ type: object, propertyNames: { maxLength: 3 } }',
    '{ type: array, items: { type: number, minimum: 1 } }',
    '{ type: integer, minimum: 1 }',
    '{ $ref: "#/$defs/a~1b%20c", $defs: { "a/b c": { const: 1 } } }',
    '{ $ref: "#/allOf/0", allOf: [{ const: 1 }] }',
    '{ type: object, not: { required: [error] } }',
    '{ type: object, properties: { constructor: { type: string }, toString: false } }',
    '{ $schema: "https://json-schema.org/draft/2020-12/schema", type: object }',
    '{ type: string, pattern: "(?i)^a{3,200}$" }',
    "{ type: string, pattern: '^[\\x{10000}-\\x{10FFFF}]$' }",
    chained(150),
  ])('%s has no fault', (schema) => {
    expect(lint(step(schema))).toEqual([]);
  });

  it('is refused where its references multiply, before anything follows them', () => {
    const levels = Array.from({ length: 40 }, (_, level) => `a${level}: ${twice(`#/$defs/a${level + 1}`)}`);
    const defs = [...levels, 'a40: { type: object }'].join(', ');
    expect(lint(step(`{ $ref: "#/$defs/a0", $defs: { ${defs} } }`))).toEqual([
      expect.stringMatching(/^9:\d+ this schema expands to too many parts, at most 2000 may be/),
    ]);
  });

  it('is refused where its patterns are too much together', () => {
    const fields = Array.from(
      { length: 10 },
      (_, index) => `a${index}: { type: string, pattern: "[a-z]{250}" }`,
    );
    expect(lint(step(`{ type: object, properties: { ${fields.join(', ')} } }`))).toEqual([
      expect.stringMatching(/this schema expands to 2\d\d\d parts/),
    ]);
  });

  it('is refused for a pattern that is too long to be compiled', () => {
    expect(lint(step(`{ type: string, pattern: "${'a{1000}'.repeat(50_000)}" }`))).toEqual([
      expect.stringContaining('this pattern has 350000 characters, at most 1000 may be'),
    ]);
  });

  it('is refused where one reference leads to thousands of others', () => {
    expect(lint(step(chained(10_000)))).toEqual([
      expect.stringContaining('this schema expands to too many parts'),
    ]);
  });

  it('says everything that is wrong with its words at once', () => {
    expect(lint(step('{ typo: object, properties: { a: { $id: x }, b: { minLenght: 1 } } }'))).toHaveLength(
      3,
    );
  });
});
