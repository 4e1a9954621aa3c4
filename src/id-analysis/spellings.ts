/** A way to spell numbers between 0 and 1 as text. */
export interface Spelling {
  readonly says: string;
  /** How many numbers make one text. */
  readonly calls: number;
  readonly write: (numbers: readonly number[]) => string;
}

/** The bits of one number after the point that its text gives away; undefined where it does not. */
export type Bits = readonly (number | undefined)[];

/** What texts tell about the numbers behind them, if they are spelled in one of these ways. */
export interface Reading {
  /** The bits of each number that made a text, as far as the text tells where it stands. */
  readonly read: (text: string) => readonly Bits[];
  readonly spellings: readonly Spelling[];
}

const decimal = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const hexadecimal = `${decimal}abcdef`;

/** Alphabets in the orders in which programs write them; those of the first row that has all characters are tried. */
const alphabets = [
  [decimal],
  [hexadecimal],
  [lower],
  [decimal + lower, lower + decimal],
  [upper + lower, lower + upper],
  [upper + lower + decimal, lower + upper + decimal, decimal + upper + lower, decimal + lower + upper],
  // What nanoid/non-secure writes.
  ['useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict'],
];

/** The ways in which texts of this form may have been made of `Math.random`. */
export function readingsOf(texts: readonly string[]): readonly Reading[] {
  if (texts.every((text) => /^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(text))) return [uuid];
  const characters = new Set(texts.flatMap((text) => text.split('')));
  const orders = alphabets.find(([alphabet = '']) =>
    [...characters].every((each) => alphabet.includes(each)),
  );
  return [
    ...fractionReadings(orders?.[0]?.length ?? 0, texts),
    ...(orders ?? []).flatMap((alphabet) => digitReadings(alphabet, texts)),
  ];
}

/** A call for each digit of a UUID of version 4, of which the seventeenth keeps two bits only. */
const uuid: Reading = {
  read: (text) => {
    const digits = text.replace(/^(.{12})4/, '$1').split('');
    const bits = digits.map((digit) => commonBits(...unitsOf(BigInt(`0x${digit}`), 16n)));
    return bits.with(15, [undefined, undefined, ...(bits[15] ?? []).slice(2)]);
  },
  spellings: [
    {
      says: 'one call for each digit of a UUID',
      calls: 31,
      write: (numbers) =>
        numbers
          .map((number) => Math.floor(number * 16))
          .map((digit, index) => (index === 15 ? (digit & 3) | 8 : digit).toString(16))
          .join('')
          .replace(/^.{12}/, '$&4'),
    },
  ],
};

/** `Math.floor(Math.random() * count)` for each character, for each two, four or eight of them, or for the whole text. */
function digitReadings(alphabet: string, texts: readonly string[]): readonly Reading[] {
  const [shortest, longest] = extremes(texts);
  const widths = [1, 2, 4, 8].filter((width) => shortest === longest && longest % width === 0);
  return [...new Set([...widths, longest])]
    .filter((width) => alphabet.length ** width <= 2 ** 53)
    .map((width) => digitReading(alphabet, width, { length: longest, isPadded: shortest === longest }));
}

function digitReading(
  alphabet: string,
  width: number,
  { length, isPadded }: { readonly length: number; readonly isPadded: boolean },
): Reading {
  const zero = alphabet[0] ?? '';
  const count = alphabet.length ** width;
  const chunks = new RegExp(`.{${width}}`, 'g');
  const says = `one call for each ${width === 1 ? 'character' : `${width} characters`}`;
  const write = (numbers: readonly number[]): string => {
    const text = numbers.map((number) => digitsOf(Math.floor(number * count), alphabet, width)).join('');
    return isPadded ? text : text.replace(new RegExp(`^${zero}+(?=.)`), '');
  };
  return {
    read: (text) =>
      (text.padStart(length, zero).match(chunks) ?? []).map((chunk) =>
        commonBits(...unitsOf(valueOf(chunk, alphabet), BigInt(count))),
      ),
    spellings: [{ says, calls: length / width, write }],
  };
}

/**
 * `Math.random().toString(base).slice(2)`, whole or cut, one after the other. Where one ends is not known, so the first
 * digits are read only, which are certainly of the first.
 */
function fractionReadings(base: number, texts: readonly string[]): readonly Reading[] {
  const [shortest, longest] = extremes(texts);
  const digits = [decimal, hexadecimal, decimal + lower].find(({ length }) => length === base);
  if (digits === undefined) return [];
  return (base === 36 ? [8, 5] : [8])
    .filter((certain) => certain <= shortest)
    .map((certain) => ({
      read: (text) => {
        const [low, high] = unitsOf(valueOf(text.slice(0, certain), digits), BigInt(base) ** BigInt(certain));
        return [commonBits(low - slack, high + slack)];
      },
      spellings: [1, 2, 3, 4].flatMap((calls) =>
        [Infinity, 13, 12, 11, 10, 9, 8, 7, 6, 5]
          .filter((cut) => cut >= certain && cut * calls >= longest)
          .map((cut) => ({
            says: calls === 1 ? 'one call' : `${calls} calls`,
            calls,
            write: (numbers) => numbers.map((number) => number.toString(base).slice(2, 2 + cut)).join(''),
          })),
      ),
    }));
}

function extremes(texts: readonly string[]): readonly [shortest: number, longest: number] {
  const lengths = texts.map(({ length }) => length);
  return [Math.min(...lengths), Math.max(...lengths)];
}

function valueOf(text: string, alphabet: string): bigint {
  return text
    .split('')
    .reduce((value, each) => value * BigInt(alphabet.length) + BigInt(alphabet.indexOf(each)), 0n);
}

function digitsOf(value: number, alphabet: string, width: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < width; place += 1) {
    text = (alphabet[rest % alphabet.length] ?? '') + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}

// Numbers are compared as fractions of 2^60, finer than any digit or bit that matters.
const fractionBits = 60;
const one = 1n << BigInt(fractionBits);

// toString(36) stops at the digits that tell a number from its neighbours, so reading one back is off by one 2^-52 at
// times: measured 0.4 % with 52 bits, 8.5 % with 53. One and a half of them covers it.
const slack = 3n << BigInt(fractionBits - 53);

/** The first and the last fraction that are this many of so many equal units. */
function unitsOf(value: bigint, count: bigint): readonly [low: bigint, high: bigint] {
  return [(value * one + count - 1n) / count, ((value + 1n) * one - 1n) / count];
}

/** The leading bits of every fraction between these two. */
function commonBits(low: bigint, high: bigint): Bits {
  const [bits, others] = [low < 0n ? 0n : low, high < one ? high : one - 1n].map((fraction) =>
    fraction.toString(2).padStart(fractionBits, '0').split('').map(Number),
  );
  const differs = bits?.findIndex((bit, index) => bit !== others?.[index]) ?? 0;
  return bits?.slice(0, differs === -1 ? fractionBits : differs) ?? [];
}
