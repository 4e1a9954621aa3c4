import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** Text below a label on the left: each further line begins where the text began. Words are not cut; a longer one stands out. */
export function hanging(label: string, text: string, columns: number): readonly string[] {
  const width = Math.max(columns - columnsOf(label), narrowest);
  return wrapAnsi(text, width).split('\n').map(below(label));
}

/** A command below a label, in words that are not broken, so that it can be copied: all lines but the last end in a backslash. */
export function hangingCommand(label: string, words: readonly string[], columns: number): readonly string[] {
  const whole = words.map((word) => word.replaceAll(' ', hardBlank)).join(' ');
  const lines = hanging('', whole, columns - columnsOf(label) - ' \\'.length);
  return lines
    .map((line, i) => line.replaceAll(hardBlank, ' ') + (i < lines.length - 1 ? ' \\' : ''))
    .map(below(label));
}

function below(label: string): (line: string, at: number) => string {
  return (line, at) => (at === 0 ? label : ' '.repeat(columnsOf(label))) + line;
}

/** Colour codes take no room. */
function columnsOf(label: string): number {
  return stripVTControlCharacters(label).length;
}

/** A terminal may be narrower than what stands on the left. */
const narrowest = 20;

/** A private character, which no shown text has: it is made visible there. */
const hardBlank = '\u{e000}';
