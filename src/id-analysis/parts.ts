/** The same stretch of every id, in order of issue. */
export interface Part {
  readonly texts: readonly string[];
  /** What clock all texts show. */
  readonly clock?: string;
}

/**
 * What ids consist of: runs of letters and digits between other characters, UUIDs without their hyphens, and in each of
 * them a clock and what all begin with. Ids whose runs do not match are one part.
 */
export function partsOf(ids: readonly string[], nowMs: number): readonly Part[] {
  const runs = ids.map((id) => id.match(partPattern) ?? []);
  const count = runs[0]?.length ?? 0;
  if (ids.length < 2 || count === 0 || count > runsMax || runs.some(({ length }) => length !== count))
    return [{ texts: ids }];
  return Array.from({ length: count }, (_, index) =>
    withoutHyphens(runs.map((each) => each[index] ?? '')),
  ).flatMap((texts) => withoutClock(texts, nowMs).flatMap(withoutCommonStart));
}

const partPattern = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-z]+/gi;

// More parts than real ids have; each may be searched for a few tenths of a second.
const runsMax = 8;

/** Without hyphens, and in lower case where there is no lower case. */
function withoutHyphens(texts: readonly string[]): readonly string[] {
  const joined = texts.map((text) => text.replaceAll('-', ''));
  return joined.some((text) => /[a-z]/.test(text)) ? joined : joined.map((text) => text.toLowerCase());
}

const hourMs = 3_600_000;

/** Milliseconds first, since digits of something else may follow those of a clock. */
const units = [
  ['milliseconds', 1],
  ['seconds', 1000],
  ['microseconds', 1e-3],
  ['nanoseconds', 1e-6],
] as const;

const bases = [
  [10, /^[0-9]+$/],
  [16, /^[0-9a-f]+$/i],
  [36, /^[0-9a-z]+$/],
] as const;

/** What stands before the clock, the clock, and what stands behind it. */
function withoutClock(texts: readonly string[], nowMs: number): readonly Part[] {
  const shortest = Math.min(...texts.map(({ length }) => length));
  for (const [unit, unitMs] of units) {
    for (const [base, digits] of bases) {
      const width = Math.floor(nowMs / unitMs).toString(base).length;
      const shows = (text: string): boolean =>
        digits.test(text) && Math.abs(Number.parseInt(text, base) * unitMs - nowMs) < hourMs;
      for (let offset = 0; offset + width <= shortest; offset += 1) {
        for (const from of [() => offset, ({ length }: string) => length - width - offset]) {
          if (!texts.every((text) => shows(text.substr(from(text), width)))) continue;
          return [
            { texts: texts.map((text) => text.slice(0, from(text))) },
            { texts: texts.map((text) => text.substr(from(text), width)), clock: `${unit} in base ${base}` },
            { texts: texts.map((text) => text.slice(from(text) + width)) },
          ].filter((part) => part.texts.some((text) => text !== ''));
        }
      }
    }
  }
  return [{ texts }];
}

function withoutCommonStart(part: Part): readonly Part[] {
  if (part.clock !== undefined) return [part];
  const [first = '', ...others] = part.texts;
  let length = 0;
  while (length < first.length && others.every((text) => text[length] === first[length])) length += 1;
  const texts = part.texts.map((text) => text.slice(length));
  if (length === 0) return [part];
  return texts.every((text) => text === '')
    ? [part]
    : [{ texts: part.texts.map((text) => text.slice(0, length)) }, { texts }];
}
