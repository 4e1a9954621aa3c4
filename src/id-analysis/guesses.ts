/** What ids may be digests of: texts in some order, few of which have to be tried before one of many ids is met. */
export interface Guess {
  readonly says: string;
  /** Some of the texts, so that of ids which follow each other one is met. */
  readonly coarse: Iterable<string>;
  /** Those around the one at a place of the coarse ones. */
  readonly around: (place: number) => Iterable<string>;
}

/** Milliseconds of the wall clock in which an id was issued. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface GuessContext {
  /** Ids that were issued one after the other. */
  readonly count: number;
  /** Of the clock that may be in them. */
  readonly nowMs: number;
  /** When they were issued, where that is known. */
  readonly spans: readonly Span[];
  /** How many were issued until the last of them, as far as it is known. */
  readonly issued?: number;
}

// The words that were seen in public code, those that are met most first.
const words = ['session-', 'session', 'session_', 'mcp-session-', 'client-', 'user', 'sess_', 'sess-'];

/** Counters as far as a run that begins anywhere may have come; the more usual text, the farther. */
export function counters({ count }: GuessContext, isWide: boolean): readonly Guess[] {
  const [most, many, few] = isWide ? [1 << 20, 1 << 16, 1 << 15] : [1 << 14, 1 << 13, 1 << 12];
  const [first = '', second = '', ...others] = words;
  return [
    counter('', most, count),
    counter(first, most, count),
    counter(second, many, count),
    ...others.map((word) => counter(word, few, count)),
  ];
}

/** The ids were issued one after the other, right before they are looked at. */
const clockMs = 6_000;
const clockBehindWordMs = 1_500;
const clockSeconds = 60;

export function clocks({ nowMs }: GuessContext): readonly Guess[] {
  const [first = '', second = ''] = words;
  const now = Math.ceil(nowMs) + 1;
  const seconds = Math.floor(nowMs / 1000);
  return [
    clock('', 'milliseconds', now - clockMs, now),
    clock('', 'seconds', seconds - clockSeconds, seconds + 2),
    clock(first, 'milliseconds', now - clockBehindWordMs, now),
    clock(second, 'milliseconds', now - clockBehindWordMs, now),
  ];
}

/** So many texts of a clock and a counter are tried for each way to write them. */
const togetherMax = 1 << 15;
const togetherCountMax = 1 << 12;
const separators = [':', '-', '_', ''];
/** What a counter may have counted besides. */
const nearMax = 64;

/**
 * A clock with a counter: of the id that was issued within the shortest time, few milliseconds are left. A server that was just started
 * has counted what it issued to us.
 */
export function clocksWithCounters({ count, spans, issued }: GuessContext): readonly Guess[] {
  const [shortest] = spans.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  if (shortest === undefined) return [];
  const times = timesIn([shortest]);
  const to = Math.min(togetherCountMax, Math.floor(togetherMax / times.length));
  const near = issued === undefined ? [] : integers(issued - count - nearMax, issued + nearMax);
  const numbers = [...near, ...stepped(0, to, 1)];
  return separators.flatMap((separator) =>
    [
      (ms: number, n: number) => `${ms}${separator}${n}`,
      (ms: number, n: number) => `${n}${separator}${ms}`,
    ].map((write) => ({
      says: 'a clock (milliseconds) and a counter',
      coarse: written(numbers, times, write),
      around: (place) => {
        const at = numbers[Math.floor(place / times.length)] ?? 0;
        return written(integers(at - count, at + count), timesIn(spans).slice(0, togetherMax), write);
      },
    })),
  );
}

function lengthOf({ fromMs, toMs }: Span): number {
  return toMs - fromMs;
}

function timesIn(spans: readonly Span[]): readonly number[] {
  return [...new Set(spans.flatMap(({ fromMs, toMs }) => integers(fromMs - 1, toMs + 1)))];
}

/** Even and odd numbers by turns. */
function stepOf(count: number): number {
  return count % 2 === 0 ? count - 1 : count;
}

function counter(word: string, to: number, count: number): Guess {
  const step = stepOf(count);
  const write = (n: number) => `${word}${n}`;
  return {
    says: word === '' ? 'a counter' : `"${word}" and a counter`,
    coarse: mapped(stepped(0, to, step), write),
    around: (place) => {
      const at = place * step;
      return mapped(integers(at - 2 * count, at + 2 * count), write);
    },
  };
}

function clock(word: string, unit: string, from: number, to: number): Guess {
  const write = (n: number) => `${word}${n}`;
  return {
    says: `${word === '' ? '' : `"${word}" and `}a clock (${unit})`,
    coarse: mapped(stepped(from, to, 1), write),
    around: () => mapped(integers(from, to), write),
  };
}

/** Numbers with so much between two of them that one of as many ids in a row is met, also where each of them counts two. */
function* stepped(from: number, to: number, step: number): Generator<number> {
  for (let n = from; n < to; n += step) yield n;
}

function integers(from: number, to: number): readonly number[] {
  const first = Math.max(0, Math.floor(from));
  return Array.from({ length: Math.max(0, Math.ceil(to) - first + 1) }, (_, index) => first + index);
}

function* mapped(numbers: Iterable<number>, write: (n: number) => string): Generator<string> {
  for (const n of numbers) yield write(n);
}

function* written(
  numbers: Iterable<number>,
  times: readonly number[],
  write: (ms: number, n: number) => string,
): Generator<string> {
  for (const n of numbers) for (const ms of times) yield write(ms, n);
}
