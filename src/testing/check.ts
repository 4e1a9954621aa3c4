import { loadCatalogue, renderDiagnostic } from '../load/index.js';
import { loadTexts } from '../load/testing/lint.js';
import type { Check } from '../model/suite.js';

/** What comes with the package, read from its files. */
export const builtIn = loadCatalogue();
export const builtInChecks = builtIn.suites.flatMap(({ checks }) => checks);

interface Written {
  readonly steps: string;
  readonly invariants?: string;
  readonly requirement?: string;
  readonly harm?: string;
  readonly needs?: string;
}

/** A check as the loader makes it of YAML. */
export function checkOf(written: string | Written): Check {
  const {
    steps,
    invariants,
    requirement = '{ level: MUST, says: something, section: basic }',
    harm,
    needs,
  } = typeof written === 'string' ? { steps: written } : written;
  const text = [
    'suite: demo',
    'title: A suite for the tests',
    'checks:',
    '  - id: demo.one',
    '    title: A check for the tests',
    `    requirement: ${requirement}`,
    ...(harm === undefined ? [] : [`    harm: ${harm}`]),
    // What nearly every target has goes without saying here.
    `    needs: ${needs ?? '[delete, get, echo]'}`,
    '    steps:',
    indented(steps),
    ...(invariants === undefined ? [] : ['    invariants:', indented(invariants)]),
    '',
  ].join('\n');
  const { suites, diagnostics } = loadTexts({ 'mine.yaml': text });
  const [check] = suites.flatMap(({ checks }) => checks);
  if (check === undefined) throw new Error(diagnostics.map(renderDiagnostic).join('\n'));
  return needs === undefined ? { ...check, needs: [] } : check;
}

function indented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => `      ${line.slice(indent)}`).join('\n');
}
