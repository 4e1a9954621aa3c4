import type { Policy } from '../../model/gate.js';
import type { Level } from '../../model/level.js';
import type { VerdictKind } from '../../model/verdict.js';
import { levelCounts } from '../counts.js';
import type { Colors } from '../renderer.js';

/** One character for each verdict; a failure that does not count is a warning. */
export const marks = {
  pass: { sign: '✓', color: 'green', word: 'pass' },
  fail: { sign: '✗', color: 'red', word: 'fail' },
  warning: { sign: '!', color: 'yellow', word: 'warning' },
  inconclusive: { sign: '?', color: 'magenta', word: 'inconclusive' },
  'not-applicable': { sign: '–', color: 'dim', word: 'not applicable' },
  'not-run': { sign: '·', color: 'dim', word: 'not run' },
} as const satisfies Record<VerdictKind | 'warning', { sign: string; color: keyof Colors; word: string }>;

export type Mark = keyof typeof marks;

/** In the order of the tables. */
export const columns: readonly Mark[] = [
  'pass',
  'fail',
  'warning',
  'inconclusive',
  'not-applicable',
  'not-run',
];

export function markOf(verdict: VerdictKind, level: Level, policy: Policy): Mark {
  return verdict === 'fail' && !levelCounts(level, policy) ? 'warning' : verdict;
}

export function sign(mark: Mark, colors: Colors): string {
  return colors[marks[mark].color](marks[mark].sign);
}
