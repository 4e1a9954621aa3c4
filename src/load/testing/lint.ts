import { type Files } from '../yaml/files.js';
import { loadProfiles } from '../catalogue/profiles.js';
import { loadSuites, type LoadedSuites } from '../suite/suites.js';

const { profiles } = loadProfiles();

/** Loads files that are only texts. */
export function loadTexts(texts: Readonly<Record<string, string>>): LoadedSuites {
  return loadSuites(Object.keys(texts), profiles, filesOf(texts));
}

export function filesOf(texts: Readonly<Record<string, string>>): Files {
  return {
    read(path) {
      const text = texts[path];
      if (text === undefined) throw new Error('no such file');
      return text;
    },
    list: () => undefined,
  };
}

/** What is wrong with one text, as `line:column message`. */
export function lint(text: string): readonly string[] {
  const { diagnostics } = loadTexts({ 'mine.yaml': text });
  return diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** A suite whose only check has these steps, the first in line 8. What follows the steps stands at the indent of `steps`. */
export function suiteWith(steps: string): string {
  const lines = steps.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return [...opening, ...lines.map((line) => `      ${line.slice(indent)}`), ''].join('\n');
}

const opening = [
  'suite: demo',
  'title: A suite for the tests',
  'checks:',
  '  - id: demo.one',
  '    title: A check for the tests',
  '    requirement: { level: MUST, says: something, section: basic }',
  '    steps:',
];

/** The same with shared steps behind the check. */
export function suiteSharing(steps: string, shared: string): string {
  return `${suiteWith(steps)}shared:\n${shared}`;
}

/** Says what is wrong with a text in which « and » stand around what the first complaint must underline. */
export function lintMarked(marked: string): {
  readonly said: readonly string[];
  readonly underlined: string;
  readonly meant: string;
} {
  const text = marked.replaceAll(/[«»]/g, '');
  const [first] = loadTexts({ 'mine.yaml': text }).diagnostics;
  const start = marked.indexOf('«');
  const before = marked.slice(0, start).split('\n');
  const meant = {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    width: marked.indexOf('»') - start - 1,
  };
  return {
    said: lint(text).map((line) => line.replace(/^\S+ /, '')),
    underlined: placeOf(first ?? nowhere),
    meant: placeOf(meant),
  };
}

const nowhere = { line: 0, column: 0, width: 0 };

function placeOf({ line, column, width }: typeof nowhere): string {
  return `${line}:${column}, ${width} wide`;
}
