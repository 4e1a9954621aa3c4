import { cached } from '../model/cached.js';
import type { Report } from '../model/report.js';

/**
 * Plain data with every string and every name made visible, so that nothing a stranger wrote can move a cursor, hide text or break XML.
 */
export function visibleCopy<T>(data: T): T {
  const copy: T = JSON.parse(JSON.stringify(data), (_key, value: unknown) => visibleValue(value));
  return copy;
}

function visibleValue(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  return names.every((name) => visible(name) === name)
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [visible(name), one]));
}

/** The same of a report, once for all formats of a run. */
export const visibleReport: (report: Report) => Report = cached((report) => visibleCopy(report));

/** Data as JSON whose values are what they were, and whose text shows all of them. */
export function visibleJson(data: object): string {
  // JSON itself escapes controls and lone surrogates; line ends stand between its values only.
  return `${JSON.stringify(data, null, 2)}\n`.replace(unprintable, (char) =>
    char === '\n' ? char : escapedForJson(char),
  );
}

function escapedForJson(char: string): string {
  return Array.from({ length: char.length }, (_, i) => `\\u${hex(char.charCodeAt(i), 4)}`).join('');
}

/** Text on one line, with what a terminal would obey or not show written as an escape. */
export function visible(text: string): string {
  return text.replace(unprintable, escaped);
}

/** At most `charsMax` characters, and how many were left out. */
export function clipped(text: string, charsMax: number): string {
  const chars = Array.from(text);
  const left = chars.length - charsMax;
  return left > 0 ? `${chars.slice(0, charsMax).join('')}… (${left} more characters)` : text;
}

// Controls, invisible and direction-changing characters, lone surrogates, line separators, private use, and the
// two code points of each plane that XML refuses.
export const invisible = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Co}\\p{Noncharacter_Code_Point}]';
const unprintable = new RegExp(invisible, 'gu');

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return shortEscapes[char] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
