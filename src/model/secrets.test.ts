import { atUrl } from './carrier.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecrets, secretValues, shownAddress, shownTemplate } from './secrets.js';

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');
const units = (text: string) =>
  Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
const percent = (text: string) =>
  [...new TextEncoder().encode(text)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('');
const spellings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  'json in json': (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  'escaped units': units,
  'escaped units, upper case': (text) => units(text).replaceAll(/[a-f]/g, (digit) => digit.toUpperCase()),
  'JSON with \\/': (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  component: encodeURIComponent,
  query: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'every byte in percent': percent,
  'percent twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  html,
};

const anySecret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 });

describe('a secret', () => {
  it.each(Object.entries(spellings))('is hidden in the spelling: %s', (_, spell) => {
    fc.assert(
      fc.property(anySecret, fc.string(), fc.string(), (secret, before, after) => {
        const hidden = createSecrets([secret]).hide(`${before} ${spell(secret)} ${after}`);
        expect(hidden).toContain('«secret»');
        expect(hidden).not.toContain(spell(secret));
      }),
    );
  });

  it('leaves what stands around it as it was', () => {
    const { hide } = createSecrets(['a"b\\c/d e.f+g']);
    expect(hide(`{"x":"<a\\"b\\\\c\\/d e.f+g>"}`)).toBe('{"x":"<«secret»>"}');
    expect(hide('a"b\\c/d eXf+g')).toBe('a"b\\c/d eXf+g');
  });

  it('takes time that grows with the text alone', () => {
    // Nothing but what a spelling may begin with; were it read again from each place, this would not end.
    const { hide } = createSecrets(['"""""""""""""""""x', '\\\\\\\\\\\\\\\\\\\\x']);
    const text = '\\'.repeat(1_000_000);
    expect(hide(text)).toBe(text);
  });

  it('that is a word of ours spoils no field of a report', () => {
    const data = {
      format: 'sessionspec-report/3',
      id: 'a.b',
      message: 'says sessionspec',
      list: ['sessionspec'],
    };
    expect(createSecrets(['sessionspec']).hideIn(data)).toEqual({
      ...data,
      message: 'says «secret»',
      list: ['«secret»'],
    });
  });
});

describe('the secrets of a run', () => {
  it.each([
    ['Authorization', 'Token abcdef123456', ['Token abcdef123456', 'abcdef123456']],
    ['Authorization', 'ApiKey abcdef123456', ['abcdef123456']],
    ['X-Own', 'abcdef123456', ['abcdef123456']],
    [
      'Authorization',
      'Digest username="somebody", response="0123456789abcdef", nc=00000001',
      ['somebody', '0123456789abcdef', '00000001'],
    ],
    [
      'Authorization',
      `Basic ${btoa('user:pass:word1')}`,
      ['user:pass:word1', 'pass:word1', btoa('user:pass:word1')],
    ],
    ['Cookie', 'theme=dark; sid=abcdef123456; t="uvwxyz987"', ['abcdef123456', 'uvwxyz987']],
  ])('are found in %s: %s', (name, value, wanted) => {
    expect(secretValues([[name, value]])).toEqual(expect.arrayContaining(wanted));
  });

  it('are found in addresses, where words of a query are none', () => {
    const url = new URL(
      'http://us%65r-name:p%40ssw0rd!@host/mcp?token=abc123def&transport=streamable-http&v=2025-11-25',
    );
    const values = secretValues([], [url]);
    expect(values).toEqual(expect.arrayContaining(['p@ssw0rd!', 'abc123def']));
    expect(values).not.toContain('streamable-http');
    expect(values).not.toContain('2025-11-25');
    expect(
      secretValues([
        ['X-Revision', '2025-11-25'],
        ['X-Mode', 'json'],
      ]),
    ).toEqual([]);
  });

  it('do not stand in an address that is shown', () => {
    expect(shownAddress(atUrl(new URL('http://me:pw@host:1/mcp?a=1&b=x%20y&c')))).toBe(
      'http://host:1/mcp?a=«secret»&b=«secret»&c',
    );
    expect(shownTemplate('http://127.0.0.1:{port}/mcp?token=abc')).toBe(
      'http://127.0.0.1:{port}/mcp?token=«secret»',
    );
    expect(shownTemplate('http://127.0.0.1:{port}/mcp')).toBe('http://127.0.0.1:{port}/mcp');
  });
});
