import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { stepKinds } from './kinds.js';
import { loadProfiles } from '../catalogue/profiles.js';
import { renderDiagnostic } from '../yaml/render.js';
import { filesOf, loadTexts, suiteSharing, suiteWith } from '../testing/lint.js';

/** A value or a reason, and each reason has a place in the text. */
function holds(text: string): void {
  const { suites, diagnostics } = loadTexts({ 'mine.yaml': text });
  expect(suites.length === 1).toBe(diagnostics.length === 0);
  const lines = text.split('\n');
  for (const diagnostic of diagnostics) {
    expect(diagnostic.line).toBeLessThanOrEqual(Math.max(1, lines.length));
    expect(diagnostic.column).toBeLessThanOrEqual((lines[diagnostic.line - 1] ?? '').length + 1);
    expect(diagnostic.width).toBeGreaterThanOrEqual(0);
    expect(renderDiagnostic(diagnostic)).not.toMatch(/undefined|\[object/);
  }
}

const punctuation = Array.from('[]{}:-?*&!|>\'"#%@`,\n \t0a~<=');
const words = [
  'alice',
  'own',
  'ping',
  'initialize',
  'probe.echo',
  '${i}',
  '${who}',
  'served',
  'x',
  'terminated-id',
  '2xx',
  'ended',
];
const options = [
  'name',
  'as',
  'session',
  'judge',
  'require',
  'control',
  'group',
  'observe',
  'reason',
  'with',
  'until',
  'within-ms',
  'save',
  'do',
  'over',
  'when',
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(...words),
  fc.constantFrom<unknown>(true, false, null, 0, 1, 404, -1, 1.5, ''),
);
const keys = fc.constantFrom<string>(
  ...stepKinds,
  ...options,
  'status',
  'answer',
  'actor',
  'generated',
  'changed',
  'if',
  'then',
  'came',
  '__proto__',
  'constructor',
);
const { value: nested } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
}));
const step = fc.oneof(
  nested,
  fc
    .tuple(fc.constantFrom(...stepKinds), nested, fc.dictionary(keys, nested, { maxKeys: 3 }))
    .map(([kind, own, rest]) => Object.assign({}, rest, { [kind]: own })),
);

it('any text is a suite or says why not', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), holds), { numRuns: 150 });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...punctuation), { maxLength: 40 }).map((all) => all.join('')),
      holds,
    ),
    { numRuns: 200 },
  );
});

it('any YAML is a suite or says why not', () => {
  fc.assert(
    fc.property(
      fc
        .oneof(
          nested,
          fc.json().map((text) => JSON.parse(text) as unknown),
        )
        .map((value) => stringify(value)),
      holds,
    ),
    { numRuns: 150 },
  );
});

it('any steps are a check or say why not', () => {
  const text = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => suiteWith(stringify(steps)));
  fc.assert(fc.property(text, holds), { numRuns: 200 });
});

it('any shared steps are put in or say why not', () => {
  const text = fc.tuple(fc.array(step, { minLength: 1, maxLength: 3 }), nested).map(([steps, who]) => {
    const use = [
      { open: 'alice' },
      { use: 'ended', with: { who } },
      { send: 'ping', judge: { result: true } },
    ];
    return suiteSharing(stringify(use), `  ended:\n${stringify(steps).replaceAll(/^/gm, '    ')}`);
  });
  fc.assert(fc.property(text, holds), { numRuns: 200 });
});

it('any profile is one or says why not', () => {
  fc.assert(
    fc.property(fc.oneof(nested, fc.record({ profile: leaf, title: leaf, answers: nested })), (value) => {
      const { profiles, diagnostics } = loadProfiles('p.yaml', filesOf({ 'p.yaml': stringify(value) }));
      expect(profiles.length === 1).toBe(diagnostics.length === 0);
    }),
    { numRuns: 200 },
  );
});
