import type { Report, Result, ShownVerdict } from '../../model/report.js';
import type { Shown } from '../evidence.js';
import type { Colors, RenderOptions } from '../renderer.js';

/** Blocks of lines below a title; without a block there is no title. */
export function titled(
  title: string,
  blocks: readonly (readonly string[])[],
  { colors }: RenderOptions,
): readonly string[] {
  if (blocks.length === 0) return [];
  return [colors.bold(title), ...blocks.flatMap((lines, i) => (i === 0 ? lines : [''].concat(lines)))];
}

export function shownLine([label, text]: Shown, colors: Colors): string {
  return `  ${colors.dim(label.padEnd(12))}${text}`;
}

/** The id of a check, with the revision where several were examined. */
export function resultName(result: Result, report: Report): string {
  return report.revisions.length > 1 ? `${result.id} @ ${result.revision}` : result.id;
}

const namesColumnsMax = 100;

/** Names one after the other, indented, with line breaks; each name once. */
export function wrappedNames(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of new Set(names)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + name.length <= namesColumnsMax) {
      lines[lines.length - 1] = `${last}, ${name}`;
    } else {
      lines.push(`    ${name}`);
    }
  }
  return lines;
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
