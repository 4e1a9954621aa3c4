import { type Files } from '../files.js';
import { loadProfiles } from '../profiles.js';
import { loadSuites, type LoadedSuites } from '../suites.js';

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
  '    requirement: { level: MUST, says: something, at: basic }',
  '    steps:',
];

/** The same with shared steps behind the check. */
export function suiteSharing(steps: string, shared: string): string {
  return `${suiteWith(steps)}shared:\n${shared}`;
}
