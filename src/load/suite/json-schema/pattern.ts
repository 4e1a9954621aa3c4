import { createRequire } from 'node:module';

/** What matching a pattern costs for each character of a text, at most. */
export interface Pattern {
  readonly size: number;
  /** Why the judge could not use it; a sentence. */
  readonly fault?: string;
}

/** Instructions of a compiled pattern; the longest texts that are kept then take about a second on a slow machine. */
const patternSizeMax = 512;
const patternLengthMax = 1000;

/** Compiles a pattern as the judge will. */
export function examinePattern(pattern: string): Pattern {
  const tooLong = faultOfLength(pattern);
  if (tooLong !== undefined) return { size: 0, fault: tooLong };
  // Loaded on first use only: most suites have no pattern.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/consistent-type-imports
  const { RE2JS } = requireEngine('re2js') as typeof import('re2js');
  try {
    const size = RE2JS.compile(RE2JS.translateRegExp(pattern)).programSize();
    if (size <= patternSizeMax) return { size };
    return {
      size,
      fault: `this pattern is too large (${size} steps, at most ${patternSizeMax}); repeat less in it`,
    };
  } catch (error) {
    return { size: 0, fault: sentenceOf(error) };
  }
}

/** A short text can be a long program; compiling that takes longer than refusing it. */
function faultOfLength(pattern: string): string | undefined {
  if (pattern.length > patternLengthMax)
    return `this pattern has ${pattern.length} characters, at most ${patternLengthMax} may be`;
  const times = [...pattern.matchAll(/(?<!\\[pPux])\{(\d+),?(\d*)\}/g)].map(([, least, most]) =>
    Number(most || least),
  );
  const sum = times.reduce((all, most) => all + most, 0);
  return sum > patternSizeMax
    ? `this pattern repeats too much (${sum} times in all, at most ${patternSizeMax} may be)`
    : undefined;
}

const requireEngine = createRequire(import.meta.url);

const unsupported: readonly (readonly [form: RegExp, says: string])[] = [
  [/^\(\?<?[=!]/, 'look-around is not supported'],
  [/^\\(?:[1-9]|k)/, 'back references are not supported'],
];

function sentenceOf(error: unknown): string {
  const says = error instanceof Error ? error.message : String(error);
  const part = /`(.*)`$/s.exec(says)?.[1] ?? '';
  const [, why] = unsupported.find(([form]) => form.test(part)) ?? [];
  if (why !== undefined)
    return `${why} in a pattern: \`${part}\`; patterns are matched in linear time, in the syntax of RE2`;
  return `this is no pattern in the syntax of RE2: ${says.replace(/^error parsing regexp: /, '')}`;
}
