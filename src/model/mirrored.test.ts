import { describe, expect, it } from 'vitest';
import { mirroredBy, mirroringFields } from './mirrored.js';
import type { Json } from './request.js';

const tool = (properties: Record<string, Json>) => ({
  name: 'read',
  inputSchema: { type: 'object', properties },
});
const wanted = (type: string, name: Json) => ({ type, 'x-mcp-header': name });

describe('what a tool wants in header fields', () => {
  it('is an argument at any depth', () => {
    const place = { type: 'object', properties: { harbour: wanted('string', 'Harbour') } };
    expect(mirroredBy(tool({ place, day: wanted('integer', 'Day'), note: { type: 'string' } }))).toEqual([
      { keys: ['place', 'harbour'], field: 'Mcp-Param-Harbour' },
      { keys: ['day'], field: 'Mcp-Param-Day' },
    ]);
  });

  it.each<[string, Record<string, Json>]>([
    ['a number', { a: wanted('number', 'A') }],
    ['no name', { a: wanted('string', '') }],
    ['what is no name of a field', { a: wanted('string', 'A\r\nB') }],
    ['a name twice', { a: wanted('string', 'A'), b: wanted('string', 'a') }],
    ['one of these beside a right one', { a: wanted('string', 'A'), b: wanted('string', 7) }],
  ])('is not %s', (_, properties) => {
    expect(mirroredBy(tool(properties))).toEqual([]);
  });
});

it.each<[Json, readonly (readonly [string, string])[]]>([
  [
    { text: 'Penzance', on: true, day: 7 },
    [
      ['Mcp-Param-Text', 'Penzance'],
      ['Mcp-Param-On', 'true'],
      ['Mcp-Param-Day', '7'],
    ],
  ],
  [{ text: 'Île' }, [['Mcp-Param-Text', '=?base64?w45sZQ==?=']]],
  [{ text: null }, []],
  [{}, []],
])('a call with %j says it in header fields', (args, fields) => {
  const properties = {
    text: wanted('string', 'Text'),
    on: wanted('boolean', 'On'),
    day: wanted('integer', 'Day'),
  };
  const call = (name: string) => JSON.stringify({ method: 'tools/call', params: { name, arguments: args } });
  const mirrored = new Map([['read', mirroredBy(tool(properties))]]);
  expect(mirroringFields(call('read'), mirrored)).toEqual(fields);
  expect(mirroringFields(call('another'), mirrored)).toEqual([]);
});
