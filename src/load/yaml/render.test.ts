import { expect, it } from 'vitest';
import { renderDiagnostic } from './render.js';
import { loadTexts, suiteWith } from '../testing/lint.js';

const at = {
  file: 'mine.yaml',
  line: 27,
  column: 14,
  message: 'unknown predicate `statuss`',
  source: '    judge: { statuss: 404 }',
  width: 7,
};

it('shows place, sentence, line and caret', () => {
  const { diagnostics } = loadTexts({
    'suites/mine.yaml': suiteWith('- open: alice\n- send: ping\n  judge: { statuss: 404 }'),
  });
  expect(diagnostics.map(renderDiagnostic).join('\n')).toBe(
    [
      'suites/mine.yaml:10:18: unknown predicate `statuss`; did you mean `status`?',
      '   10 |         judge: { statuss: 404 }',
      '      |                  ^^^^^^^',
    ].join('\n'),
  );
});

it('leaves out a line that is not there', () => {
  expect(renderDiagnostic({ ...at, source: '' })).toBe('mine.yaml:27:14: unknown predicate `statuss`');
});

it('lets no control sequence of a stranger through', () => {
  const shown = renderDiagnostic({ ...at, message: 'unknown \u001B[2J\u202E', source: '\t\t\u009B31m {' });
  expect(shown).toContain('unknown ·[2J·');
  expect(shown).toContain('|   ·31m {');
});

it('cuts a long line around the place', () => {
  const source = `${'x'.repeat(300)}statuss${'y'.repeat(300)}`;
  const [, line = '', caret = ''] = renderDiagnostic({ ...at, column: 301, source }).split('\n');
  expect(line.length).toBeLessThan(140);
  expect(line.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('statuss');
});
