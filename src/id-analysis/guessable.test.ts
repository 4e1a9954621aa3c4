import { createHash, randomBytes, randomInt, randomUUID, type BinaryToTextEncoding } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { guessable } from './guessable.js';

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
const fraction = (): string => Math.random().toString(36).slice(2);
const random = (): string => randomBytes(16).toString('hex');
const word = (n: number): string => n.toString(16).padStart(8, '0');
const scrambled = (n: number): string => word(Math.imul(n, 0x9e3779b1) >>> 0);
const withGaps = (ids: readonly string[]) => ids.toSpliced(3, 1).toSpliced(-2, 1);
const find = (ids: readonly string[]) => guessable(ids, { nowMs: Date.now() });

const dns = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');

function digest(
  algorithm: string,
  text: string,
  encoding: BinaryToTextEncoding = 'hex',
  before: Uint8Array = Buffer.of(),
): string {
  return createHash(algorithm).update(before).update(text).digest(encoding);
}

interface Generator {
  readonly a: bigint;
  readonly c: bigint;
  readonly m: bigint;
}

const generators: Readonly<Record<string, Generator>> = {
  'modulo 2^32': { a: 1_664_525n, c: 1_013_904_223n, m: 2n ** 32n },
  'modulo 2^32 without increment': { a: 69_069n, c: 0n, m: 2n ** 32n },
  'modulo 2^31': { a: 1_103_515_245n, c: 12_345n, m: 2n ** 31n },
  'modulo a prime': { a: 16_807n, c: 0n, m: 2n ** 31n - 1n },
};
const wide = { a: 6_364_136_223_846_793_005n, c: 1_442_695_040_888_963_407n };

const shapes: Readonly<Record<string, (hex: string) => string>> = {
  hex: (hex) => hex,
  'upper case': (hex) => hex.toUpperCase(),
  'two words': (hex) => hex.slice(16),
  'three words': (hex) => hex.slice(8),
  'a UUID': uuidShaped,
  'a UUID of version 4': (hex) => uuidShaped(marked(hex)),
  'version 4 without hyphens': marked,
  'a prefix': (hex) => `session-${uuidShaped(hex)}`,
  'a prefix that ends in hexadecimal digits': (hex) => `node-${hex}`,
};

function uuidShaped(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function marked(hex: string): string {
  const variant = (8 + (Number.parseInt(hex[16] ?? '', 16) % 4)).toString(16);
  return `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`;
}

/** Sixteen ids of so many words each, and between two of them what other clients drew. */
function idsFrom({ a, c, m }: Generator, words: number, digits: number, othersMax = 0): readonly string[] {
  let state = (BigInt(`0x${randomBytes(16).toString('hex')}`) % m) | 1n;
  const next = (): string => {
    state = (a * state + c) % m;
    return state.toString(16).padStart(digits, '0');
  };
  const id = (): string => range(words).map(next).join('');
  return range(16).map(() => {
    range(othersMax === 0 ? 0 : randomInt(othersMax + 1)).forEach(id);
    return id();
  });
}

const saysCongruential = (parts: unknown): boolean => String(parts).includes('linear congruential');

describe.each(Object.entries(generators))('a linear congruential generator %s', (_, generator) => {
  it.each(Object.entries(shapes))('is found behind %s', (_shape, shape) => {
    const found = range(30).map(() => find(idsFrom(generator, 4, 8).map(shape)).parts);
    expect(found.filter(saysCongruential)).toHaveLength(30);
  });

  it('is found although other clients draw ids in between', () => {
    const found = range(30).map(() => find(idsFrom(generator, 4, 8, 5).map(marked)).parts);
    expect(found.filter(saysCongruential)).toHaveLength(30);
  });
});

describe('a wider generator is found', () => {
  it.each([
    ['two numbers of 64 bits an id', { ...wide, m: 2n ** 64n }, 2, 16],
    ['four numbers of 64 bits an id', { ...wide, m: 2n ** 64n }, 4, 16],
    ['two numbers modulo a prime an id', { ...wide, m: 2n ** 61n - 1n }, 2, 16],
    ['a number of 64 bits an id', { ...wide, m: 2n ** 64n }, 1, 16],
    ['a number of 64 bits behind zeros', { ...wide, m: 2n ** 64n }, 1, 32],
    ['a number of 128 bits an id', { ...wide, m: 2n ** 128n }, 1, 32],
  ])('%s', (_, generator, words, digits) => {
    const found = range(30).map(() => find(idsFrom(generator, words, digits).map((hex) => `s_${hex}`)).parts);
    expect(found.filter(saysCongruential)).toHaveLength(30);
  });
});

it('a generator, or a counter of any step, is found from a few whole ids in a row', () => {
  const m = 2n ** 128n;
  const step = 0x9e3779b97f4a7c15f39cc0605cedc835n;
  expect(find(withGaps(idsFrom({ a: 1n, c: step, m }, 1, 32)))).toMatchObject({
    guessable: true,
    parts: 'a number that grows by the same step',
  });
  expect(find(withGaps(idsFrom({ ...wide, m }, 1, 32)))).toMatchObject({
    guessable: true,
    parts: 'a linear congruential generator',
  });
});

describe('no generator of random ids is accused', { timeout: 120_000 }, () => {
  it.each(Object.entries(shapes).filter(([name]) => name !== 'two words'))(
    'of random ids in the shape of %s',
    (_, shape) => {
      for (let set = 0; set < 2; set += 1) {
        const ids = range(randomInt(8, 25)).map(() => shape(random()));
        expect(find(ids)).toMatchObject({ guessable: false });
      }
    },
  );

  it.each<[string, (n: number) => string]>([
    ['version 4', () => randomUUID()],
    [
      'a time before what is random',
      (n) => uuidShaped(`0198f3a2${word(n << 12).slice(0, 4)}7${random().slice(13)}`),
    ],
    ['a time that ticks once', (n) => `${word(n < 15 ? 7 : 8)}${random().slice(8)}`],
    ['a word twice', () => random().replace(/^(.{8}).{8}/, '$1$1')],
    [
      'a check word',
      () =>
        random().replace(/^(.{8}).{8}/, (_, first: string) => first + scrambled(Number.parseInt(first, 16))),
    ],
    ['a number that runs', (n) => word(n) + random().slice(8)],
    [
      'a number behind what is random',
      (n) => `${randomBytes(16).toString('base64url')}_${word(0)}${word(n)}`,
    ],
    ['a scrambled number', (n) => random().slice(8) + scrambled(n)],
    [
      'decimal digits',
      () =>
        range(32)
          .map(() => randomInt(10))
          .join(''),
    ],
    ['letters as bytes', () => Buffer.from(random().slice(0, 16)).toString('hex')],
    ['base64', () => randomBytes(16).toString('base64url')],
    ['no more bits than are enough', () => random().slice(0, 16)],
  ])('of %s', (_, id) => {
    for (let set = 0; set < 2; set += 1) {
      expect(find(range(16).map(id))).toMatchObject({ guessable: false });
    }
  });

  it('where a strong part stands beside a clock, a counter or Math.random', () => {
    const beside: readonly ((n: number) => string)[] = [
      (n) => `sess_${Date.now()}_${n}_${randomUUID()}`,
      () => `${Date.now().toString(36)}${random()}`,
      () => `${randomUUID()}-${Math.random().toString(36).slice(2)}`,
    ];
    for (const id of beside) expect(find(range(16).map(id))).toMatchObject({ guessable: false });
  });

  it.each([0, 1, 2, 7])('from %i ids', (count) => {
    expect(find(idsFrom({ ...wide, m: 2n ** 32n }, 4, 8).slice(0, count)).parts).not.toMatch(/congruential/);
  });
});

describe('each part of an id is looked at', () => {
  const computed = 'Math.random, whose next output was computed';

  it.each<[string, (n: number) => string, string]>([
    [
      'a clock and three numbers',
      () => `${Date.now().toString(36)}-${fraction()}-${fraction()}-${fraction()}`,
      `a clock (milliseconds in base 36) + ${Array(3).fill(`${computed} (one call)`).join(' + ')}`,
    ],
    [
      'a clock joined to two numbers',
      () => Date.now().toString(36) + fraction() + fraction(),
      `a clock (milliseconds in base 36) + ${computed} (2 calls)`,
    ],
    [
      'a number joined to a clock',
      () => fraction() + Date.now().toString(36),
      `${computed} (one call) + a clock (milliseconds in base 36)`,
    ],
    [
      'a clock and a counter',
      (n) => `session-${Date.now()}-${100 + n}`,
      'a constant + a clock (milliseconds in base 10) + a constant + a counter',
    ],
    [
      'a clock, a machine and a counter',
      (n) =>
        `${Math.floor(Date.now() / 1000).toString(16)}a1b2c3d4e5${(65_000 + n).toString(16).padStart(6, '0')}`,
      'a clock (seconds in base 16) + a constant + a counter',
    ],
    ['a counter in base 36', (n) => `user_${(1_000 + n).toString(36)}`, 'a constant + a counter'],
    ['version 1', (n) => `${word(n)}-5f2e-11f0-9a5c-0242ac120002`, 'a UUID of version 1'],
  ])('%s', (_, id, parts) => {
    expect(find(range(16).map(id))).toMatchObject({ guessable: true, parts });
  });
});

describe('digests of what can be counted', () => {
  const made: Readonly<Record<string, (n: number) => string>> = {
    'md5 of a counter': (n) => digest('md5', String(n)),
    'md5 of a counter, as a UUID': (n) => uuidShaped(digest('md5', String(n))),
    'md5 of a counter, with the marks of version 4': (n) => uuidShaped(marked(digest('md5', String(n)))),
    'sha1 of a counter, cut': (n) => digest('sha1', String(n)).slice(0, 32),
    'sha256 of a word and a counter': (n) => digest('sha256', `session-${n}`),
    'sha256 of a counter in base64': (n) => digest('sha256', String(n), 'base64'),
    'sha1 of a counter in base64url': (n) => digest('sha1', String(n), 'base64url'),
    'md5 of a counter that began long ago': (n) => digest('md5', String(700_000 + n)),
    'sha256 of each second number behind a word': (n) => digest('sha256', `session-${900_001 + 2 * n}`),
    'md5 of the clock': (n) => digest('md5', String(Date.now() - 1000 + 3 * n)),
    'md5 behind a prefix': (n) => `mcp-session-${digest('md5', String(n))}`,
    'a UUID of version 5 of a counter': (n) => {
      const hex = digest('sha1', String(n), 'hex', dns).slice(0, 32);
      return uuidShaped(`${hex.slice(0, 12)}5${hex.slice(13, 16)}a${hex.slice(17)}`);
    },
  };

  it.each(Object.entries(made))('are guessed: %s', (_, make) => {
    const found = find(range(16).map((n) => make(n + 240)));
    expect(found).toMatchObject({ guessable: true, parts: expect.stringMatching(/md5|sha1|sha256/) });
  });

  it('are guessed where a clock and a counter are hashed together', () => {
    const nowMs = Date.now();
    const spans = range(16).map((n) => ({ fromMs: nowMs - 100 + 5 * n, toMs: nowMs - 97 + 5 * n }));
    const ids = spans.map(({ fromMs }, n) => digest('sha1', `${fromMs + 1}:${311 + n}`));
    expect(guessable(ids, { nowMs, spans })).toMatchObject({
      guessable: true,
      parts: 'sha1 of a clock (milliseconds) and a counter',
    });
  });

  it('are not seen where there are none', () => {
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect(find(range(16).map(() => randomBytes(16).toString(encoding)))).toMatchObject({
        guessable: false,
      });
    expect(find(range(16).map(() => randomUUID()))).toMatchObject({ guessable: false });
  });

  it('a counter in base64, or in hexadecimal digits of its text, is a counter', () => {
    for (const encoding of ['hex', 'base64'] as const)
      expect(find(range(16).map((n) => Buffer.from(`session-${n}`).toString(encoding)))).toMatchObject({
        guessable: true,
      });
  });
});
