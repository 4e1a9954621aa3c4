import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { spelledBy, stepOfCall } from './math-random.js';

type Random = () => number;
type Version = 'v8-52' | 'v8-53' | 'v8-sum-53';

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
const mask = 2n ** 64n - 1n;

/** Math.random as V8 does it, written here once more so that every version is tested on any. */
function emulation(version: Version, seed: bigint): Random {
  let [a, b] = [(seed * 0x9e3779b97f4a7c15n) & mask, (~seed * 0xbf58476d1ce4e5b9n) & mask];
  const block: number[] = [];
  const numberOf = {
    'v8-52': () => Number(a >> 12n) / 2 ** 52,
    'v8-53': () => Number(a >> 11n) / 2 ** 53,
    'v8-sum-53': () => Number(((a + b) & mask) >> 11n) / 2 ** 53,
  };
  const refill = (): void => {
    for (let made = 0; made < 64; made += 1) {
      let mixed = a ^ ((a << 23n) & mask);
      mixed ^= mixed >> 17n;
      mixed ^= b ^ (b >> 26n);
      [a, b] = [b, mixed];
      block.push(numberOf[version]());
    }
  };
  return () => {
    if (block.length === 0) refill();
    return block.pop() ?? Number.NaN;
  };
}

const fraction = (random: Random, { base = 36, cut = Infinity } = {}): string =>
  random()
    .toString(base)
    .slice(2, 2 + cut);
const times = (count: number, text: () => string): string => range(count).map(text).join('');
const picks = (random: Random, alphabet: string, count: number): string =>
  times(count, () => alphabet[Math.floor(random() * alphabet.length)] ?? '');

const decimal = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();

const makers: Readonly<Record<string, (random: Random) => string>> = {
  'one number': (random) => fraction(random),
  'one number cut to nine': (random) => fraction(random, { cut: 9 }),
  'one number cut to six': (random) => fraction(random, { cut: 6 }),
  'two numbers': (random) => times(2, () => fraction(random)),
  'two numbers cut to ten': (random) => times(2, () => fraction(random, { cut: 10 })),
  'three numbers cut to eight': (random) => times(3, () => fraction(random, { cut: 8 })),
  'four numbers cut to five': (random) => times(4, () => fraction(random, { cut: 5 })),
  'two numbers in hexadecimal': (random) => times(2, () => fraction(random, { base: 16 })),
  'two numbers in decimal': (random) => times(2, () => fraction(random, { base: 10 })),
  'digits of a UUID': (random) =>
    'xxxxxxxxxxxx4xxxyxxxxxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
      const digit = Math.floor(random() * 16);
      return (place === 'x' ? digit : (digit & 0x3) | 0x8).toString(16);
    }),
  'hexadecimal digits': (random) => picks(random, '0123456789abcdef', 32),
  bytes: (random) =>
    times(16, () =>
      Math.floor(random() * 256)
        .toString(16)
        .padStart(2, '0'),
    ),
  'groups of four digits': (random) =>
    times(8, () =>
      Math.floor((1 + random()) * 65_536)
        .toString(16)
        .slice(1),
    ),
  'words of 32 bits': (random) =>
    times(4, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ),
  'letters and digits': (random) => picks(random, upper + lower + decimal, 24),
  'digits and letters': (random) => picks(random, decimal + lower + upper, 21),
  'small letters and digits': (random) => picks(random, lower + decimal, 20),
  'decimal digits': (random) => picks(random, decimal, 24),
  'a number below a thousand million': (random) => String(Math.floor(random() * 1e9)),
};

const bitsOfText = 20;

/** Of so many sequences, spread over the places in a block, those that are not explained. */
function misses(random: Random, sequences: number, make: (random: Random) => string, others = 0): number {
  return range(sequences).filter(() => {
    range(7).forEach(() => random());
    const texts = range(16).map(() => {
      const text = make(random);
      range(others).forEach(() => random());
      return text;
    });
    return spelledBy(texts, bitsOfText) === undefined;
  }).length;
}

const runsLinearGenerator = Number(process.versions.node.split('.')[0]) < 26;

describe.runIf(runsLinearGenerator)('the Math.random of this Node', () => {
  test.each(Object.entries(makers))('gives away what it makes next: %s', { timeout: 60_000 }, (_, make) => {
    expect(misses(Math.random, 2, make)).toBe(0);
  });
});

describe.each(['v8-52', 'v8-53'] as const)('an emulated %s', (version) => {
  test.each(Object.entries(makers))('gives away what it makes next: %s', { timeout: 60_000 }, (_, make) => {
    expect(misses(emulation(version, 2026n), 2, make)).toBe(0);
  });

  test.each([1, 4, 10])(
    'gives it away although %d other numbers are drawn',
    { timeout: 60_000 },
    (others) => {
      const random = emulation(version, 7n);
      for (const name of ['one number', 'two numbers', 'digits of a UUID', 'bytes']) {
        expect(misses(random, 2, makers[name] ?? String, others)).toBe(0);
      }
    },
  );

  test('gives it away although a UUID for something else is made each time', () => {
    const uuid = makers['digits of a UUID'] ?? String;
    expect(misses(emulation(version, 8n), 2, uuid, 31)).toBe(0);
  });
});

// The first ids of `node --random-seed=2026`, Node 24.21.0.
const fromNode24 =
  `x0yn60msm3f ej55niptl1 laxiv6liri bfeywjz0ffu 7hxt61mac2a reopebhgndf 4m4eldwou6h s9rqc5h1vz 1x8n6sli33d
  hvop8o2y0za krgfcqsk3la b5x8fhzxe75 7niy4lwaq uwm39kwihrf 3uof3pav48j maxejas0i8f`.split(/\s+/);

test('ids recorded on Node 24 are explained', () => {
  expect(spelledBy(fromNode24, bitsOfText)?.calls).toBe(1);
});

describe('nothing is explained', () => {
  test('that the state does not give whole', () => {
    const late = fromNode24.map((id, index) => (index < 8 ? id : `${id.slice(0, -1)}0`));
    expect(spelledBy(late, bitsOfText)).toBeUndefined();
  });

  test('from too few texts', () => {
    expect(spelledBy(fromNode24.slice(0, 5), bitsOfText)).toBeUndefined();
    expect(spelledBy([], bitsOfText)).toBeUndefined();
  });

  test('of a generator that adds both words', () => {
    expect(misses(emulation('v8-sum-53', 28n), 2, makers['two numbers'] ?? String)).toBe(2);
  });

  test('of texts longer than any id', () => {
    const random = emulation('v8-52', 3n);
    expect(misses(random, 1, () => picks(random, decimal, 200))).toBe(1);
  });

  const strong: Readonly<Record<string, () => string>> = {
    UUIDs: () => randomUUID().replaceAll('-', ''),
    'sixteen bytes': () => randomBytes(16).toString('hex'),
    'eight bytes': () => randomBytes(8).toString('hex'),
    'letters and digits': () => picks(() => randomInt(2 ** 40) / 2 ** 40, lower + upper + decimal, 22),
    'base 36': () => BigInt(`0x${randomBytes(16).toString('hex')}`).toString(36),
    'decimal digits': () => picks(() => randomInt(2 ** 40) / 2 ** 40, decimal, 30),
    'the alphabet of base 64': () => randomBytes(16).toString('base64url'),
  };

  test.each(Object.entries(strong))('of what node:crypto makes: %s', { timeout: 120_000 }, (_, make) => {
    expect(misses(Math.random, 2, make)).toBe(2);
  });
});

test('a block is handed out from its end', () => {
  expect([0, 1, 63, 64, 127, 128].map(stepOfCall)).toEqual([63, 62, 0, 127, 64, 191]);
});
