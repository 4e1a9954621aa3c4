import type { Finds } from '../model/transcript.js';
import { congruential, strides } from './congruential.js';

/** Fewer bits than this can be searched for. */
const bitsMin = 64;

/** Structure that makes ids guessable: too few varying characters, a counter, a clock, a version-1 UUID, a linear generator. */
export function guessable(ids: readonly string[], { nowMs }: { readonly nowMs: number }): Finds {
  const bits = Math.floor(variety(ids));
  const core = withoutCommonEnds(ids);
  const counter = counts(core) || strides(ids);
  const clock = tells(core, nowMs);
  const version1 = ids.length > 0 && ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-/i.test(id));
  const lcg = congruential(ids);
  const short = bits < bitsMin;
  return {
    guessable: short || counter || clock || version1 || lcg,
    bits,
    counter,
    clock,
    'uuid-v1': version1,
    lcg,
    short,
  };
}

/** Bits of variety, position by position: the size of the alphabet where a position uses it, else what was seen there. */
function variety(ids: readonly string[]): number {
  const alphabet = alphabetSize(ids);
  const [first = ''] = ids;
  const length = Math.min(first.length, ...ids.map((id) => id.length));
  let bits = 0;
  for (let at = 0; at < length; at += 1) {
    const symbols = new Set(ids.map((id) => id[at])).size;
    bits += Math.log2(symbols >= Math.min(ids.length, alphabet) / 2 ? alphabet : symbols);
  }
  return bits;
}

function alphabetSize(ids: readonly string[]): number {
  const all = ids.join('');
  if (/^[0-9-]*$/.test(all)) return 10;
  if (/^[0-9a-f-]*$/i.test(all)) return 16;
  if (/^[0-9a-z-]*$/.test(all) || /^[0-9A-Z-]*$/.test(all)) return 36;
  return 62;
}

function withoutCommonEnds(ids: readonly string[]): readonly string[] {
  const [first = ''] = ids;
  let start = 0;
  while (start < first.length && ids.every((id) => id[start] === first[start])) start += 1;
  let end = 0;
  while (
    end < first.length - start &&
    ids.every((id) => id.length - end > start && id.at(-1 - end) === first.at(-1 - end))
  )
    end += 1;
  // A digit that all share still belongs to the number behind it.
  while (start > 0 && /[0-9a-z]/i.test(first[start - 1] ?? '')) start -= 1;
  return ids.map((id) => id.slice(start, id.length - end));
}

const bases = [10, 16, 36] as const;

function numbers(core: readonly string[], base: (typeof bases)[number]): readonly number[] | undefined {
  const digits = { 10: /^[0-9]{1,19}$/, 16: /^[0-9a-f]{1,15}$/i, 36: /^[0-9a-z]{1,11}$/i }[base];
  return core.length > 2 && core.every((text) => digits.test(text))
    ? core.map((text) => Number.parseInt(text, base))
    : undefined;
}

/** The ids go up (or down) by steps far smaller than they are. */
function counts(core: readonly string[]): boolean {
  return bases.some((base) => {
    const values = numbers(core, base);
    if (values === undefined) return false;
    const gaps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
    const largest = Math.max(...gaps.map(Math.abs));
    return (gaps.every((gap) => gap > 0) || gaps.every((gap) => gap < 0)) && largest <= 1000;
  });
}

/** Each id is the time of day in seconds, or a thousand, a million or a thousand million times finer. */
function tells(core: readonly string[], nowMs: number): boolean {
  const hourMs = 3_600_000;
  return bases.some((base) => {
    const values = numbers(core, base);
    return [1000, 1, 1e-3, 1e-6].some((unitMs) =>
      values?.every((value) => Math.abs(value * unitMs - nowMs) < hourMs),
    );
  });
}
