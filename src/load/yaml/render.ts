import type { Diagnostic } from '../../model/diagnostic.js';

const columnsMax = 120;

/** The way a compiler says it: place and sentence, the line, and a caret below what is meant. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, message, source, width } = diagnostic;
  const headline = `${printable(file)}:${line}:${column}: ${printable(message)}`;
  if (source.trim() === '') return headline;
  const from = column > columnsMax ? column - columnsMax / 2 : 1;
  const shown = printable(source).slice(from - 1, from - 1 + columnsMax);
  const carets = '^'.repeat(Math.max(1, Math.min(width, columnsMax - (column - from))));
  const number = String(line).padStart(5);
  return [headline, `${number} | ${shown}`, `${' '.repeat(5)} | ${' '.repeat(column - from)}${carets}`].join(
    '\n',
  );
}

/** A file is a stranger's: nothing in it may reach the terminal as a control sequence. */
function printable(text: string): string {
  return text.replaceAll(/[\t\r\n]/g, ' ').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u00B7');
}
