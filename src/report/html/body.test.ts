import { assert, json, property } from 'fast-check';
import { expect, test } from 'vitest';
import { shownBody } from './body.js';

test('JSON is indented, and every number and escape stays as it came', () => {
  const came =
    '{"id":12345678901234567890,"text":"a\\u00e9, {\\"b\\": [1]}","empty":[ ],"none":{},"list":[1.0,-2e3]}';
  expect(shownBody(came, 1_000)).toEqual({
    text: `{
  "id": 12345678901234567890,
  "text": "a\\u00e9, {\\"b\\": [1]}",
  "empty": [ ],
  "none": {},
  "list": [
    1.0,
    -2e3
  ]
}`,
    left: 0,
    indented: true,
  });
});

test.each([
  ['a short one stays on its line', '{"a":1}'],
  ['what is no JSON stays as it is', `<html>${'x'.repeat(100)}</html>`],
])('%s', (_, came) => {
  expect(shownBody(came, 1_000)).toEqual({ text: came, left: 0, indented: false });
});

test('what is cut off is counted', () => {
  const { text, left } = shownBody(`["${'a'.repeat(200)}"]`, 100);
  expect(text).toBe(`[\n  "${'a'.repeat(98)}`);
  expect(left).toBe(104);
});

test('lines stay lines, and what does not show is shown', () => {
  expect(shownBody('data: 1\n\nbell \u0007\u202e', 100).text).toBe('data: 1\n\nbell \\x07\\u{202e}');
});

test('nothing but blanks is added to JSON or taken away', () => {
  assert(
    property(json({ maxDepth: 4 }), (some) => {
      const long = `[${some},"${'x'.repeat(100)}"]`;
      const { text } = shownBody(long, 1_000_000);
      expect(JSON.parse(text)).toEqual(JSON.parse(long));
    }),
  );
});
