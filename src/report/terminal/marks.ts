import type { ShownVerdict } from '../../model/report.js';
import type { Colors } from '../renderer.js';

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
