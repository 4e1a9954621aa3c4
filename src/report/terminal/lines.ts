import type { ShownVerdict } from '../../model/report.js';
import type { Shown } from '../evidence.js';
import type { Colors, RenderOptions } from '../renderer.js';
import { hanging, hangingCommand } from './wrap.js';

/** Blocks of lines below a title; without a block there is no title. */
export function titled(
  title: string,
  blocks: readonly (readonly string[])[],
  { colors, columns }: RenderOptions,
): readonly string[] {
  return blocks.length === 0 ? [] : [...hanging('', colors.bold(title), columns), ...apart(blocks)];
}

/** The lines of blocks, with a blank line between two. */
export function apart(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines)));
}

/** A label and its text. */
export function shownLines([label, text]: Shown, { colors, columns }: RenderOptions): readonly string[] {
  return hanging(labelled(label, colors), text, columns);
}

/** A command below a label, so that it can be copied. */
export function shownCommand(
  label: string,
  words: readonly string[],
  { colors, columns }: RenderOptions,
): readonly string[] {
  return hangingCommand(labelled(label, colors), words, columns);
}

function labelled(label: string, colors: Colors): string {
  return `  ${colors.dim(label.padEnd(12))}`;
}

/** Names one after the other, each once, below a label. */
export function shownNames(
  label: string,
  names: readonly string[],
  options: RenderOptions,
): readonly string[] {
  return names.length === 0 ? [] : shownLines([label, [...new Set(names)].join(', ')], options);
}

/** One character for each outcome. */
export const marks = {
  pass: { sign: '✓', color: 'green', word: 'pass' },
  fail: { sign: '✗', color: 'red', word: 'fail' },
  warning: { sign: '!', color: 'yellow', word: 'warning' },
  inconclusive: { sign: '?', color: 'magenta', word: 'inconclusive' },
  'not-applicable': { sign: '–', color: 'dim', word: 'not applicable' },
  'not-run': { sign: '·', color: 'dim', word: 'not run' },
} as const satisfies Record<ShownVerdict, { sign: string; color: keyof Colors; word: string }>;

export function sign(outcome: ShownVerdict, colors: Colors): string {
  return colors[marks[outcome].color](marks[outcome].sign);
}
